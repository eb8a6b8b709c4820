package io.github.deqa4j.importer;

import io.github.deqa4j.DeqaException;
import java.nio.file.Path;
import java.util.List;

/** Reads one layout of rated images. */
public interface DatasetImporter {
    /** What users call the layout, in lower case, such as {@code koniq}. */
    String name();

    /** The files that are expected and what stands in them, in one line. */
    String layout();

    /** Folders below the data set's own that may hold the images, the likeliest first. */
    List<String> imageFolders();

    /**
     * Reads the opinions on every image.
     *
     * @param directory the folder of the data set; importers of one's own tables take the file
     * @throws DeqaException if a file is missing or cannot be read; the message names the file, the line or row, the
     *     field and the value found
     */
    ImportedDataset read(Path directory);
}
