package io.github.deqa4j.cli;

import io.github.deqa4j.file.OutputFolder;
import io.github.deqa4j.image.RgbImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder of {@code --heatmap}. Below it the images' folders are mirrored, from the one on that holds all images, so
 * that equal names do not meet; a drawing has the image's whole name and {@code .png} after it. Drawings of an earlier run
 * are replaced.
 */
final class HeatmapFolder {
    private static final String ENDING = ".png";

    private final Path folder;
    private final Path root;

    /**
     * Checks the folder without making it.
     *
     * @param images that will be drawn
     * @throws CommandException with the status of wrong usage, if it is a file or an image lies in it, which could be
     *     overwritten and would be drawn anew by the next run
     */
    HeatmapFolder(Path folder, List<ImageList.Entry> images) {
        CommandException.requireUsage(() -> OutputFolder.requirePossible(folder));
        this.folder = folder;
        List<Path> files = ImageList.files(images);
        files.stream()
                .filter(file -> ImageList.absolute(file).startsWith(ImageList.absolute(folder)))
                .findFirst()
                .ifPresent(file -> {
                    throw CommandException.usage(file + ": this image lies in " + folder
                            + ", where the heatmaps go; name another folder with --heatmap");
                });
        this.root = files.stream()
                .map(ImageList::absolute)
                .map(file -> Optional.ofNullable(file.getParent()).orElse(file))
                .reduce(HeatmapFolder::common)
                .orElse(ImageList.absolute(folder));
    }

    /**
     * Makes the folder.
     *
     * @throws CommandException with the status of wrong usage, if it cannot be made or written to
     */
    void make() {
        CommandException.requireUsage(() -> OutputFolder.make(folder));
    }

    /** Whether an image has its drawing from an earlier run. */
    boolean has(ImageList.Entry image) {
        return image.problem().isEmpty() && Files.exists(file(image));
    }

    /**
     * Draws.
     *
     * @throws io.github.deqa4j.DeqaException if the file cannot be written
     */
    void write(ImageList.Entry image, RgbImage heatmap) {
        Path file = file(image);
        Path parent = file.resolveSibling("");
        if (!Files.isDirectory(parent)) {
            OutputFolder.make(parent);
        }
        PngFile.write(file, heatmap);
    }

    private Path file(ImageList.Entry image) {
        return folder.resolve(root.relativize(ImageList.absolute(image.require())) + ENDING);
    }

    private static Path common(Path one, Path other) {
        Path common = one;
        while (!other.startsWith(common)) {
            common = Optional.ofNullable(common.getParent()).orElse(other.getRoot());
        }
        return common;
    }
}
