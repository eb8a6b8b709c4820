package io.github.deqa4j.dataset;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code references.json}: which image each image of a data set was made from, {@code {image: reference}}. It lies
 * beside {@code mos.json} and is no part of the authors' layout.
 *
 * @param byImage references by the images' paths, in the order of the file
 */
public record References(Map<String, String> byImage) {
    private static final String WANTED = "a references.json";

    public References {
        byImage = Collections.unmodifiableMap(new LinkedHashMap<>(byImage));
    }

    /**
     * Reads a file.
     *
     * @throws InvalidDataException if the file is missing, not such an object, names an image twice or no image
     */
    public static References read(Path file) {
        Map<String, String> byImage = new LinkedHashMap<>();
        JsonReading.fields(file, WANTED, entry -> {
            if (byImage.put(entry.key(), entry.text()) != null) {
                throw entry.problem("stands twice; keep one");
            }
        });
        if (byImage.isEmpty()) {
            throw new InvalidDataException(file, "the file names no image");
        }
        return new References(byImage);
    }

    /** Writes the file. */
    public void write(Path target) {
        PythonJson.writeFile(target, json -> {
            json.writeStartObject();
            for (Map.Entry<String, String> entry : byImage.entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        });
    }
}
