package io.github.deqa4j.importer;

import io.github.deqa4j.DeqaException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads one layout of rated images. */
public interface DatasetImporter {
    /** What users call the layout, in lower case, such as {@code koniq}. */
    String name();

    /** The files that are expected and their contents, in one line. */
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

    /** The importers of the published data sets. */
    static List<DatasetImporter> published() {
        return List.of(
                new KonIqImporter(),
                new SpaqImporter(),
                new KadidImporter(),
                new PipalImporter(),
                new LiveWildImporter(),
                new Agiqa3kImporter(),
                new Tid2013Importer(),
                new CsiqImporter(),
                new AvaImporter());
    }

    /** The importer of a published data set; empty if there is none of this name. */
    static Optional<DatasetImporter> find(String name) {
        return published().stream()
                .filter(importer -> importer.name().equals(name))
                .findFirst();
    }
}
