package io.github.deqa4j.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code split.json}: which images are for training and which for the test, {@code {"train": […], "test": […]}}.
 *
 * @param train names of images, without folders
 * @param test names of images, none of which is in {@code train}; one of the two lists may be empty
 */
public record SplitFile(List<String> train, List<String> test) {
    private static final String WANTED = "a split.json";

    /**
     * Takes two lists.
     *
     * @throws DeqaException if both are empty, or an image occurs twice
     */
    public SplitFile {
        train = List.copyOf(train);
        test = List.copyOf(test);
        if (train.isEmpty() && test.isEmpty()) {
            throw new DeqaException("the split is empty; name images under \"train\", \"test\" or both");
        }
        Set<String> training = distinct("train", train);
        for (String name : distinct("test", test)) {
            if (training.contains(name)) {
                throw new DeqaException(
                        Excerpt.quoted(name) + " is in \"train\" and in \"test\"; keep it in one of them");
            }
        }
    }

    /**
     * Reads a file.
     *
     * @throws InvalidDataException if the file is missing, not such an object, the split is empty or overlaps
     */
    public static SplitFile read(Path file) {
        Map<String, List<String>> lists = new HashMap<>();
        JsonReading.fields(file, WANTED, entry -> {
            if (entry.key().equals("train") || entry.key().equals("test")) {
                lists.put(
                        entry.key(),
                        entry.elements().stream().map(JsonEntry::text).toList());
            }
        });
        try {
            return new SplitFile(lists.getOrDefault("train", List.of()), lists.getOrDefault("test", List.of()));
        } catch (DeqaException e) {
            throw new InvalidDataException(file, e);
        }
    }

    /** Writes the file. */
    public void write(Path target) {
        PythonJson.writeFile(target, json -> {
            json.writeStartObject();
            write(json, "train", train);
            write(json, "test", test);
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, String key, List<String> names) throws IOException {
        json.writeArrayFieldStart(key);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    private static Set<String> distinct(String key, List<String> names) {
        Set<String> distinct = new HashSet<>();
        for (String name : names) {
            if (!distinct.add(name)) {
                throw new DeqaException(Excerpt.quoted(name) + " is in " + Excerpt.quoted(key) + " twice; keep one");
            }
        }
        return distinct;
    }
}
