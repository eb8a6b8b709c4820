package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.References;
import io.github.deqa4j.file.Excerpt;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** References of images from a file: {@code references.json} or a table of one's own. */
public final class ReferenceFile {
    private static final String IMAGE = "image";
    private static final String REFERENCE = "reference";

    private ReferenceFile() {}

    /**
     * Reads a JSON object of images and their references, or a table in CSV with the columns {@code image} and
     * {@code reference}. The first character of the file decides which of the two it is.
     *
     * @throws InvalidDataException if the file is missing, neither of them, or gives an image two references
     */
    public static References read(Path file) {
        String text = TextFile.read(file).stripLeading();
        return text.startsWith("{") || text.startsWith("[") ? References.read(file) : table(file);
    }

    private static References table(Path file) {
        Table table = CsvTable.read(file, CsvSettings.standard());
        table.require(IMAGE, REFERENCE);
        Map<String, String> byImage = new LinkedHashMap<>();
        table.forEach(row -> {
            String image = row.image(IMAGE);
            if (byImage.put(image, row.text(REFERENCE)) != null) {
                throw row.place().error("the image " + Excerpt.quoted(image) + " stands here a second time");
            }
        });
        if (byImage.isEmpty()) {
            throw new InvalidDataException(file, "the table has no rows");
        }
        return new References(byImage);
    }
}
