package io.github.deqa4j.checkpoint;

import static io.github.deqa4j.checkpoint.CheckpointFiles.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloatConversionTest {
    private static final int LARGEST = 0x7bff;

    @TempDir
    Path folder;

    @Test
    void everyHalfIsItsOwnRounding() {
        for (int bits = 0; bits <= LARGEST; bits++) {
            assertThat(FloatConversion.round(FloatConversion.half((short) bits)))
                    .isEqualTo((short) bits);
            assertThat(FloatConversion.round(FloatConversion.half((short) (bits | 0x8000))))
                    .isEqualTo((short) (bits | 0x8000));
        }
    }

    @Test
    void whatLiesBetweenTwoHalvesGoesToTheNearerAndFromTheMiddleToTheEven() {
        for (int bits = 0; bits < LARGEST; bits++) {
            short below = (short) bits;
            short above = (short) (bits + 1);
            float middle =
                    (FloatConversion.half(below) + FloatConversion.half(above)) / 2; // exact: a float has room for it

            assertThat(FloatConversion.round(Math.nextDown(middle))).isEqualTo(below);
            assertThat(FloatConversion.round(middle)).isEqualTo(bits % 2 == 0 ? below : above);
            assertThat(FloatConversion.round(Math.nextUp(middle))).isEqualTo(above);
            assertThat(FloatConversion.round(-Math.nextUp(middle))).isEqualTo((short) (above | 0x8000));
        }
    }

    @Test
    void anyNumberIsWithinHalfAStepOfItsRounding() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100_000; i++) {
            float value = (float) (random.nextDouble(-1, 1) * Math.pow(2, random.nextInt(-40, 16)));
            double step = Math.max(Math.ulp(value) * 0x1p13, 0x1p-24);

            assertThat(Math.abs((double) FloatConversion.half(FloatConversion.round(value)) - value))
                    .isLessThanOrEqualTo(step / 2);
        }
    }

    @Test
    void aTensorOfAnyFloatingTypeIsWrittenAsHalves() {
        TensorEntry rounded = halves(
                written(DType.F64, buffer(24).putDouble(0.1).putDouble(-65519).putDouble(1e-9)));

        assertThat(rounded.dtype()).isEqualTo(DType.F16);
        assertThat(rounded.shape()).containsExactly(3);
        assertThat(rounded.toFloats()).containsExactly(0x1.998p-4f, -65504, 0);
        assertThat(halves(written(DType.BF16, buffer(2).putShort((short) 0x3f81)))
                        .toFloats())
                .containsExactly(1 + 0x1p-7f);
    }

    @ParameterizedTest
    @CsvSource({"65520, 65520.0", "-65520, -65520.0", "1e30, 1.0E30", "Infinity, Infinity", "NaN, NaN"})
    void aNumberThatNoHalfCanHoldIsNamedAndNothingIsWritten(float value, String shown) {
        TensorEntry entry = written(DType.F32, buffer(8).putFloat(1).putFloat(value));
        Path target = folder.resolve("halves");

        assertThatThrownBy(() -> SafetensorsWriter.write(target, Map.of("w", TensorSource.halfOf(entry))))
                .isInstanceOf(DeqaException.class)
                .hasMessage(folder.resolve("w") + ": the tensor \"w\" holds " + shown
                        + ", which float16 cannot hold; its numbers must be from -65504 to 65504");
        assertThat(folder).isDirectoryNotContaining("glob:**{halves,.tmp}*");
    }

    @ParameterizedTest
    @ValueSource(floats = {65519.996f, -65519.996f})
    void theLastNumberThatIsRoundedDownIsHeld(float value) {
        assertThat(halves(written(DType.F32, buffer(4).putFloat(value))).toFloats())
                .containsExactly(Math.copySign(65504, value));
    }

    private TensorEntry halves(TensorEntry entry) {
        Path file = folder.resolve("halves");
        SafetensorsWriter.write(file, Map.of("w", TensorSource.halfOf(entry)));
        return tensor(Checkpoint.openFile(file), "w");
    }

    private TensorEntry written(DType dtype, ByteBuffer content) {
        Path file = folder.resolve("w");
        long[] shape = {content.capacity() / dtype.bytes()};
        SafetensorsWriter.write(file, Map.of("w", new TensorSource(dtype, shape, content::rewind)));
        return tensor(Checkpoint.openFile(file), "w");
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
