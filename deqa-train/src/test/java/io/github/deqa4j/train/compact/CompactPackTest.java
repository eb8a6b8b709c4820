package io.github.deqa4j.train.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.torch.load.ModelDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactPackTest {
    @TempDir
    Path folder;

    private Path model = Path.of("");
    private Path packed = Path.of("");

    @BeforeEach
    void start() {
        model = folder.resolve("model");
        CompactStart.write(Golden.mini().resolve("trunk.safetensors"), model, 1);
        packed = folder.resolve("packed");
    }

    @Test
    void everyTensorIsKeptUnderItsNameAndRounded() {
        pack();

        Map<String, TensorEntry> before = Checkpoint.open(model).tensors();
        Map<String, TensorEntry> after = Checkpoint.open(packed).tensors();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((name, tensor) -> {
            TensorEntry exact = Optional.ofNullable(before.get(name)).orElseThrow();
            assertThat(tensor.dtype()).isEqualTo(DType.F16);
            assertThat(tensor.shape()).isEqualTo(exact.shape());
            float[] expected = exact.toFloats();
            float[] found = tensor.toFloats();
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i])
                        .isCloseTo(expected[i], within(Math.max(Math.abs(expected[i]) * 0x1p-11f, 0x1p-25f)));
            }
        });
        assertThat(packed).isDirectoryContaining("glob:**config.json");
        assertThat(packed.resolve("config.json")).hasSameTextualContentAs(model.resolve("config.json"));
    }

    @Test
    void aPackedModelScoresAlmostAsBeforeAndPackedAgainIsTheSame() throws IOException {
        pack();
        Path again = folder.resolve("again");
        CompactPack.write(files(packed), again);

        assertThat(score(packed)).isCloseTo(score(model), within(0.01));
        assertThat(Files.mismatch(again.resolve("model.safetensors"), packed.resolve("model.safetensors")))
                .isEqualTo(-1);
    }

    @Test
    void aWeightThatIsTooLargeIsNamedAndNothingIsLeft() {
        replace("head.fc2.bias", 1e6f);

        assertThatThrownBy(this::pack)
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        model.resolve("model.safetensors") + ": the tensor \"head.fc2.bias\" holds 1000000.0, which "
                                + "float16 cannot hold; its numbers must be from -65504 to 65504");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(model));
    }

    @Test
    void whatIsNoSmallNetworkIsRefused() throws IOException {
        assertThatThrownBy(() -> CompactPack.write(files(Golden.mini().resolve("model")), packed))
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining("\"model_type\" is \"mplug_owl2\"; it must be \"deqa_compact\"");
        Path config = model.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("256", "255"));
        assertThatThrownBy(this::pack)
                .hasMessageStartingWith(
                        model + ": the tensors do not fit config.json: 3 of the wrong shape (head.fc1.bias");
        assertThat(packed).doesNotExist();
    }

    @Test
    void filesThatAreThereStay() throws IOException {
        Path file = Files.writeString(Files.createDirectory(packed).resolve("file"), "kept");

        assertThatThrownBy(this::pack)
                .hasMessage(packed + ": there are files here already; name another folder to write to");
        assertThat(file).hasContent("kept");
    }

    private void pack() {
        CompactPack.write(files(model), packed);
    }

    private void replace(String name, float first) {
        Map<String, TensorSource> tensors = new TreeMap<>();
        Checkpoint.open(model).tensors().forEach((known, entry) -> tensors.put(known, TensorSource.of(entry)));
        int count = 5;
        tensors.put(
                name,
                new TensorSource(
                        DType.F32,
                        new long[] {count},
                        () -> ByteBuffer.allocate(count * Float.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putFloat(first)
                                .rewind()));
        SafetensorsWriter.write(model.resolve("model.safetensors"), tensors);
    }

    private static double score(Path model) {
        byte[] samples = new byte[50 * 40 * 3];
        new SplittableRandom(9).nextBytes(samples);
        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            return scorer.score(new RgbImage(50, 40, samples)).score();
        }
    }

    private static ModelDirectory files(Path model) {
        return ModelDirectory.open(model, Optional.empty(), Optional.empty());
    }
}
