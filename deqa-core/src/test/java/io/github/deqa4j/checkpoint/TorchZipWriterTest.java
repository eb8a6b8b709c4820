package io.github.deqa4j.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchZipWriterTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void everyNumberFormatIsReadBack() {
        Path file = folder.resolve("weights.bin");
        Map<String, TensorSource> tensors = new LinkedHashMap<>();
        tensors.put("model.a", source(DType.F32, new long[] {2, 3}, 24));
        tensors.put("model.b", source(DType.F16, new long[] {5}, 10));
        tensors.put("model.ç", source(DType.BF16, new long[] {1, 2, 1}, 4));
        tensors.put("scalar", source(DType.F32, new long[0], 4));
        TorchZipWriter.write(file, tensors);
        Checkpoint read = Checkpoint.openFile(file);
        assertThat(read.format()).startsWith("PyTorch zip");
        assertThat(read.tensors().keySet()).isEqualTo(tensors.keySet());
        read.tensors().forEach((name, entry) -> {
            TensorSource source = Objects.requireNonNull(tensors.get(name));
            assertThat(entry.dtype()).isEqualTo(source.dtype());
            assertThat(entry.shape()).isEqualTo(source.shape());
            assertThat(entry.map()).isEqualTo(source.elements());
            assertThat(entry.offset() % 64).as(name).isZero();
        });
        assertThat(folder.toFile().list()).containsExactly("weights.bin");
    }

    @Test
    void noTensorsAtAllAreAFileToo() {
        Path file = folder.resolve("none.bin");
        TorchZipWriter.write(file, Map.of());
        assertThat(Checkpoint.openFile(file).tensors()).isEmpty();
    }

    @Test
    void anotherTypeIsRefusedAndNothingIsLeft() {
        Path file = folder.resolve("weights.bin");
        assertThatThrownBy(() -> TorchZipWriter.write(file, Map.of("ids", source(DType.I64, new long[] {1}, 8))))
                .isInstanceOf(DeqaException.class)
                .hasMessage("the tensor \"ids\" is of type I64; only F32, F16 and BF16 are written to PyTorch files");
        assertThat(folder.toFile().list()).isEmpty();
    }

    @Test
    void aMissingFolderIsTold() {
        Path file = folder.resolve("none/weights.bin");
        assertThatThrownBy(() -> TorchZipWriter.write(file, Map.of()))
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith(file + ": the file cannot be written (");
    }

    private static TensorSource source(DType dtype, long[] shape, int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bytes; i++) {
            buffer.put(i, (byte) (i * 7 + bytes));
        }
        return new TensorSource(dtype, shape, () -> buffer);
    }
}
