package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model with weights that are no numbers: one sentence and the status of a model that cannot be loaded, never a row. */
class UnusableModelTest {
    private static final String TENSOR = "model.visual_abstractor.vit_eos";

    @TempDir
    private Path directory;

    @Test
    void aModelWithoutNumbersHasNoRows() throws IOException {
        Path model = damaged();
        Path output = directory.resolve("scores.json");
        Path image = Shell.MODEL.resolveSibling("images").resolve("s2_56x56.png");

        Shell shell = Shell.deqa("score", "--model", model, "--format", "json", "--output", output, image, image);

        assertThat(shell.status()).isEqualTo(3);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err())
                .startsWith("deqa: " + model.resolve("model.safetensors") + ": the tensor \"" + TENSOR
                        + "\" holds numbers that are infinite or NaN")
                .hasLineCount(1);
        assertThat(output).doesNotExist();
    }

    private Path damaged() throws IOException {
        Path model = Files.createDirectory(directory.resolve("model"));
        for (String name : new String[] {"config.json", "preprocessor_config.json"}) {
            Files.copy(Shell.MODEL.resolve(name), model.resolve(name));
        }
        Files.copy(Shell.MODEL.resolveSibling("tokenizer.model"), model.resolve("tokenizer.model"));
        TreeMap<String, TensorSource> weights = new TreeMap<>();
        Checkpoint.open(Shell.MODEL).tensors().forEach((name, entry) -> weights.put(name, TensorSource.of(entry)));
        assertThat(weights).containsKey(TENSOR);
        weights.put(TENSOR, new TensorSource(DType.F32, new long[] {1, 1, 32}, UnusableModelTest::noNumbers));
        SafetensorsWriter.write(model.resolve("model.safetensors"), weights);
        return model;
    }

    private static ByteBuffer noNumbers() {
        ByteBuffer bytes = ByteBuffer.allocate(32 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat(Float.NaN);
        }
        return bytes.flip();
    }
}
