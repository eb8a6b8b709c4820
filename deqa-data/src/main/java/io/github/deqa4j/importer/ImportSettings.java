package io.github.deqa4j.importer;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a data set is imported.
 *
 * @param split how its pictures are parted
 * @param pictures the folder of its pictures; absent, the layout's own folder is taken where it exists
 * @param checkContent whether every picture is read, to find damaged ones and copies
 */
public record ImportSettings(SplitSettings split, Optional<Path> pictures, boolean checkContent) {
    /** The standard split, the layout's own folder, pictures looked for but not read. */
    public static ImportSettings standard() {
        return new ImportSettings(SplitSettings.standard(), Optional.empty(), false);
    }

    public ImportSettings withSplit(SplitSettings other) {
        return new ImportSettings(other, pictures, checkContent);
    }

    public ImportSettings withPictures(Path folder) {
        return new ImportSettings(split, Optional.of(folder), checkContent);
    }

    public ImportSettings withCheckContent(boolean check) {
        return new ImportSettings(split, pictures, check);
    }
}
