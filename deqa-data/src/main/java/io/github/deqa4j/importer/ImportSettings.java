package io.github.deqa4j.importer;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a data set is imported.
 *
 * @param split how its images are parted
 * @param images the folder of its images; absent, the layout's own folder is taken where it exists
 * @param checkContent whether every image is read, to find damaged ones and copies
 */
public record ImportSettings(SplitSettings split, Optional<Path> images, boolean checkContent) {
    /** The standard split, the layout's own folder, images looked for but not read. */
    public static ImportSettings standard() {
        return new ImportSettings(SplitSettings.standard(), Optional.empty(), false);
    }

    public ImportSettings withSplit(SplitSettings other) {
        return new ImportSettings(other, images, checkContent);
    }

    public ImportSettings withImages(Path folder) {
        return new ImportSettings(split, Optional.of(folder), checkContent);
    }

    public ImportSettings withCheckContent(boolean check) {
        return new ImportSettings(split, images, check);
    }
}
