package io.github.deqa4j.checkpoint;

import static io.github.deqa4j.checkpoint.CheckpointFiles.counting;
import static io.github.deqa4j.checkpoint.CheckpointFiles.digest;
import static io.github.deqa4j.checkpoint.CheckpointFiles.overwrite;
import static io.github.deqa4j.checkpoint.CheckpointFiles.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.testkit.Golden;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the bytes of a file, the answer is one sentence or a checkpoint. */
class DamagedFilesTest {
    private static final int ROUNDS = 4000;

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void place() {
        file = directory.resolve("f");
    }

    @Test
    void aSafetensorsFileCutAnywhereIsRefused() {
        assertCutsRefused(smallSafetensors());
    }

    @Test
    void aPyTorchFileCutAnywhereIsRefused() {
        assertCutsRefused(smallTorch().build());
    }

    @Test
    void aPyTorchFileWithACutPickleIsRefused() {
        byte[] pickle = pickle();
        for (int length = 0; length < pickle.length; length++) {
            assertRefused(smallTorch()
                    .entry("data.pkl", Arrays.copyOf(pickle, length))
                    .build());
        }
    }

    @Test
    void flippedBitsNeverDoWorse() {
        assertThat(survivors(smallSafetensors(), 1)).isPositive();
        assertThat(survivors(smallTorch().build(), 2)).isPositive();
        assertThat(survivors(smallTorch().withoutZip64().build(), 3)).isPositive();
        assertThat(survivors(smallTorch().withZip64Fields().build(), 4)).isPositive();
    }

    @Test
    void aRealFileWithFlippedBitsNeverDoesWorse() {
        byte[] whole = read(Golden.mini().resolve("model-lora").resolve("adapter_model.bin"));

        assertThat(survivors(whole, 5)).isPositive();
    }

    /** Damages a file again and again; anything but success or a {@link DeqaException} fails the test. */
    private int survivors(byte[] whole, long seed) {
        Random random = new Random(seed);
        int survivors = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = whole.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                int at = random.nextInt(damaged.length);
                damaged[at] = random.nextBoolean()
                        ? (byte) (damaged[at] ^ (1 << random.nextInt(Byte.SIZE)))
                        : (byte) random.nextInt();
            }
            survivors += survives(damaged) ? 1 : 0;
        }
        return survivors;
    }

    private boolean survives(byte[] damaged) {
        try {
            digest(Checkpoint.openFile(overwrite(file, damaged)));
            return true;
        } catch (DeqaException e) {
            assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
            return false;
        }
    }

    private void assertCutsRefused(byte[] whole) {
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length));
        }
        assertThat(digest(Checkpoint.openFile(overwrite(file, whole)))).isNotZero();
    }

    private void assertRefused(byte[] content) {
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> Checkpoint.openFile(overwrite(file, content)))
                .withMessageStartingWith(file + ": ");
    }

    private byte[] smallSafetensors() {
        Map<String, TensorSource> tensors = new TreeMap<>();
        tensors.put("model.weight", source(DType.F16, 2, 3));
        tensors.put("model.bias", source(DType.F32, 3));
        tensors.put("model.none", source(DType.I64, 0, 4));
        SafetensorsWriter.write(file, tensors);
        return read(file);
    }

    private static TensorSource source(DType dtype, long... shape) {
        int bytes = (int) Arrays.stream(shape).reduce(dtype.bytes(), (left, right) -> left * right);
        return new TensorSource(dtype, shape, () -> ByteBuffer.wrap(counting(bytes)));
    }

    private static TorchZipBuilder smallTorch() {
        return TorchZipBuilder.of(pickle()).storage("0", counting(12)).storage("1", counting(12));
    }

    private static byte[] pickle() {
        return PickleWriter.stateDict()
                .text("model.weight")
                .tensor("HalfStorage", "0", 2, 3)
                .text("model.bias")
                .tensor("FloatStorage", "1", 3)
                .endDict();
    }
}
