package io.github.deqa4j.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * {@code mos.json}: the opinions on every image of a data set, {@code {image: {"mos": "3.4", "std": "0.58"}}}.
 *
 * @param opinions in the order of the file; no two of one image
 */
public record MosFile(List<Opinion> opinions) {
    private static final String WANTED = "a mos.json";

    /**
     * Takes opinions.
     *
     * @throws DeqaException if two opinions are of one image
     */
    public MosFile {
        opinions = List.copyOf(opinions);
        Set<String> images = new HashSet<>();
        for (Opinion opinion : opinions) {
            if (!images.add(opinion.path())) {
                throw new DeqaException("there are two opinions of " + Excerpt.quoted(opinion.path()) + "; keep one");
            }
        }
    }

    /**
     * Reads a file. Numbers may be written as texts or bare; {@code std} may be absent or null.
     *
     * @throws InvalidDataException if the file is missing, not such an object, names an image twice, or a number in it
     *     is not finite, or a standard deviation is negative
     */
    public static MosFile read(Path file) {
        List<Opinion> opinions = new ArrayList<>();
        JsonReading.fields(file, WANTED, entry -> opinions.add(opinion(entry.requireObject())));
        if (opinions.isEmpty()) {
            throw new InvalidDataException(file, "the file names no image");
        }
        return new MosFile(opinions);
    }

    /** Writes the file, numbers as texts, so that they keep their digits. */
    public void write(Path target) {
        PythonJson.writeFile(target, json -> {
            json.writeStartObject();
            for (Opinion opinion : opinions) {
                write(json, opinion);
            }
            json.writeEndObject();
        });
    }

    private static Opinion opinion(JsonEntry entry) {
        String mos = entry.decimal("mos");
        OptionalDouble std =
                entry.has("std") ? OptionalDouble.of(Double.parseDouble(entry.decimal("std"))) : OptionalDouble.empty();
        return entry.build(() -> new Opinion(entry.key(), Double.parseDouble(mos), std, mos));
    }

    private static void write(JsonGenerator json, Opinion opinion) throws IOException {
        json.writeObjectFieldStart(opinion.path());
        json.writeStringField("mos", opinion.mosText());
        if (opinion.std().isPresent()) {
            json.writeStringField("std", ShortestDecimal.of(opinion.std().getAsDouble()));
        }
        json.writeEndObject();
    }
}
