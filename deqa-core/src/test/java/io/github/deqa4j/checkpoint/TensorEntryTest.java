package io.github.deqa4j.checkpoint;

import static io.github.deqa4j.checkpoint.CheckpointFiles.safetensors;
import static io.github.deqa4j.checkpoint.CheckpointFiles.tensor;
import static io.github.deqa4j.checkpoint.CheckpointFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorEntryTest {
    @TempDir
    Path directory;

    @Test
    void everyHalfHasItsValue() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            float value = FloatConversion.half((short) bits);
            int exponent = (bits >> 10) & 31;
            int mantissa = bits & 1023;
            double magnitude =
                    exponent == 0 ? mantissa * Math.pow(2, -24) : (1 + mantissa / 1024.0) * Math.pow(2, exponent - 15);
            if (exponent == 31) {
                magnitude = mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            }
            assertThat(Double.valueOf(value)).isEqualTo(Double.valueOf(bits > 0x7fff ? -magnitude : magnitude));
        }
        assertThat(1 / FloatConversion.half((short) 0x8000)).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void everyFloatingTypeIsReadAsFloats() {
        assertThat(floats(DType.F64, buffer(16).putDouble(0.1).putDouble(-1e300)))
                .containsExactly(0.1f, Float.NEGATIVE_INFINITY);
        assertThat(floats(DType.F32, buffer(8).putFloat(0.1f).putFloat(-3))).containsExactly(0.1f, -3);
        assertThat(floats(DType.F16, buffer(4).putShort((short) 0x3c01).putShort((short) 0xc000)))
                .containsExactly(1 + 0x1p-10f, -2);
        assertThat(floats(DType.BF16, buffer(4).putShort((short) 0x3f81).putShort((short) 0xc000)))
                .containsExactly(1 + 0x1p-7f, -2);
    }

    @Test
    void wholeNumbersAreNotReadAsFloats() {
        TensorEntry entry = written(DType.I32, buffer(8));

        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(entry::toFloats)
                .withMessage(entry.file()
                        + ": the tensor \"w\" is of type I32; only F64, F32, F16 and BF16 are read as numbers");
    }

    @Test
    void aMappedBufferIsDirectAndLittleEndian() {
        ByteBuffer mapped =
                written(DType.F32, buffer(8).putFloat(1).putFloat(2)).map();

        assertThat(mapped.isDirect()).isTrue();
        assertThat(mapped.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(mapped.position()).isZero();
        assertThat(mapped.remaining()).isEqualTo(8);
        assertThat(mapped.getFloat(4)).isEqualTo(2);
    }

    @Test
    void theShapeCannotBeChanged() {
        TensorEntry entry = written(DType.F32, buffer(8));

        entry.shape()[0] = 7;

        assertThat(entry.shape()).containsExactly(2);
    }

    @Test
    void aTensorOf2GiBIsRefusedWhenItIsMapped() throws IOException {
        Path file = sparse(1L << 31);
        TensorEntry entry = tensor(Checkpoint.openFile(file), "w");

        assertThat(entry.elements()).isEqualTo(1L << 31);
        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(entry::map)
                .withMessage(file + ": the tensor \"w\" has 2147483648 bytes; a tensor must be smaller than 2 GiB");
    }

    @Test
    void aFileThatBecameShorterIsNamed() throws IOException {
        TensorEntry entry = written(DType.F32, buffer(8));
        try (RandomAccessFile file = new RandomAccessFile(entry.file(), "rw")) {
            file.setLength(10);
        }

        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(entry::map)
                .withMessageStartingWith(entry.file() + ": the tensor \"w\" cannot be mapped into memory (")
                .withMessageEndingWith("); the file was changed, or memory is short");
    }

    @Test
    void elementsAreReadIntoAGivenBuffer() {
        TensorEntry entry = written(DType.F32, buffer(8).putFloat(1).putFloat(2));
        ByteBuffer target = ByteBuffer.allocateDirect(10).order(ByteOrder.LITTLE_ENDIAN);

        entry.read(target.slice(1, 8));

        assertThat(target.get(0)).isZero();
        assertThat(target.getFloat(1)).isEqualTo(1);
        assertThat(target.getFloat(5)).isEqualTo(2);
        assertThat(target.get(9)).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> entry.read(target));
    }

    @Test
    void aFileThatBecameShorterIsNamedWhenItIsRead() throws IOException {
        TensorEntry entry = written(DType.F32, buffer(8));
        try (RandomAccessFile file = new RandomAccessFile(entry.file(), "rw")) {
            file.setLength(10);
        }

        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(() -> entry.read(ByteBuffer.allocate(8)))
                .withMessage(entry.file() + ": the tensor \"w\" at byte " + entry.offset()
                        + " cannot be read (the file ends before it); the file was changed, or the disk has a fault");
    }

    private Path sparse(long bytes) throws IOException {
        String header = "{\"w\":{\"dtype\":\"U8\",\"shape\":[" + bytes + "],\"data_offsets\":[0," + bytes + "]}}";
        Path file = write(directory.resolve("large"), safetensors(header, 0));
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(large.length() + bytes);
        }
        return file;
    }

    private float[] floats(DType dtype, ByteBuffer content) {
        return written(dtype, content).toFloats();
    }

    private TensorEntry written(DType dtype, ByteBuffer content) {
        Path file = directory.resolve(dtype.name());
        long[] shape = {content.capacity() / dtype.bytes()};
        SafetensorsWriter.write(file, Map.of("w", new TensorSource(dtype, shape, content::rewind)));
        return tensor(Checkpoint.openFile(file), "w");
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
