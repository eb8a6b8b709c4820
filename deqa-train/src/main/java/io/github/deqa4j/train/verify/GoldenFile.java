package io.github.deqa4j.train.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.TensorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;

/** The recorded outputs of the authors' code in a folder: {@code expected.json} and {@code expected.safetensors}. */
final class GoldenFile {
    private static final String NUMBERS = "expected.json";
    private static final String TENSORS = "expected.safetensors";

    private final Path directory;
    private final JsonNode root;

    private GoldenFile(Path directory, JsonNode root) {
        this.directory = directory;
        this.root = root;
    }

    static GoldenFile read(Path directory) {
        Path file = directory.resolve(NUMBERS);
        if (!Files.isDirectory(directory)) {
            throw new DeqaException(
                    directory + ": there is no such folder; name one with a model and " + NUMBERS + " beside it");
        }
        if (Files.notExists(file)) {
            throw new DeqaException(
                    file + ": this file is missing; it holds the recorded outputs of the authors' code, "
                            + "so name a folder that has it");
        }
        try {
            return new GoldenFile(directory, new JsonMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new DeqaException(file + ": this is not valid JSON; get a complete copy of the recorded outputs", e);
        }
    }

    boolean has(String key) {
        return root.hasNonNull(key);
    }

    JsonNode get(String key) {
        return get(root, key);
    }

    JsonNode get(JsonNode node, String key) {
        if (!node.hasNonNull(key)) {
            throw new DeqaException(directory.resolve(NUMBERS) + ": \"" + key
                    + "\" is missing; these are not recorded outputs of the authors' code");
        }
        return node.get(key);
    }

    TensorEntry tensor(String name) {
        TensorEntry entry =
                Checkpoint.openFile(directory.resolve(TENSORS)).tensors().get(name);
        if (entry == null) {
            throw new DeqaException(directory.resolve(TENSORS) + ": there is no tensor " + name);
        }
        return entry;
    }

    static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }
}
