package io.github.deqa4j.torch;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.testkit.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A folder with a model, the images it was run on, and what the authors' code answered.
 *
 * @param name how tests call it
 * @param directory config.json, weights, expected.json, expected.safetensors
 * @param images the folder of its images
 */
public record GoldenModel(String name, Path directory, Path images) {

    /** The model that travels with the project. */
    public static GoldenModel mini() {
        return new GoldenModel(
                "mini", Golden.mini().resolve("model"), Golden.mini().resolve("images"));
    }

    /** Every full model of {@code $DEQA_GOLDEN/models}; the caller is skipped where the variable is not set. */
    public static List<GoldenModel> external() {
        Path images = Golden.external("images");
        try (Stream<Path> models = Files.list(Golden.external("models"))) {
            return models.filter(model -> Files.exists(model.resolve("expected.safetensors")))
                    .sorted()
                    .map(model -> new GoldenModel(model.getFileName().toString(), model, images))
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public JsonNode expected() {
        return Golden.json(directory.resolve("expected.json"));
    }

    /** The images, in the order of the expectations. */
    public List<Path> imageFiles() {
        return StreamSupport.stream(expected().get("images").spliterator(), false)
                .map(name -> images.resolve(name.asText()))
                .toList();
    }

    /** A tensor of expected.safetensors, row by row. */
    public float[] tensor(String tensor) {
        return entry(tensor).toFloats();
    }

    public long[] shape(String tensor) {
        return entry(tensor).shape();
    }

    private TensorEntry entry(String tensor) {
        return Objects.requireNonNull(Checkpoint.openFile(directory.resolve("expected.safetensors"))
                .tensors()
                .get(tensor));
    }

    @Override
    public String toString() {
        return name;
    }
}
