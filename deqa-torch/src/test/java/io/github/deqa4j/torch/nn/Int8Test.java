package io.github.deqa4j.torch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantized weights and products, against their definition in float64. They are the same on every processor. */
class Int8Test {
    private static final int LARGEST = 127;
    private static final float ROUNDING = 0x1p-22f; // relative, of a few float32 operations

    @BeforeAll
    static void start() {
        Engine.start();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 40, 1", "7, 33, 1", "12, 64, 1e-20", "12, 64, 1e20", "5, 300, 1e-4"})
    void theLargestOfARowBecomes127AndNoElementIsOffByMoreThanHalfAStep(int rows, int columns, float magnitude) {
        float[] values = normal(rows * columns, magnitude, 3);
        try (Quantized quantized = new Quantized(values, rows, columns)) {
            for (int row = 0; row < rows; row++) {
                float[] exact = Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
                float[] steps = Arrays.copyOfRange(quantized.steps, row * columns, (row + 1) * columns);
                float scale = quantized.scale[row];

                assertThat(largest(steps)).isEqualTo(LARGEST);
                assertThat(scale).isCloseTo(largest(exact) / LARGEST, relative(largest(exact) / LARGEST));
                for (int i = 0; i < columns; i++) {
                    assertThat(steps[i] * scale)
                            .isCloseTo(exact[i], Offset.offset(scale * (0.5f + LARGEST * ROUNDING)));
                }
            }
        }
    }

    @Test
    void aRowOfZerosStaysZero() {
        try (Quantized quantized = new Quantized(new float[] {0, 0, 0, 1, -2, 0}, 2, 3);
                NativeScope scope = NativeScope.inference()) {
            assertThat(quantized.steps).containsExactly(0, 0, 0, 64, -127, 0);
            assertThat(quantized.scale[0]).isPositive().isLessThan(1e-20f);
            assertThat(quantized.times(new float[] {5, 6, 7}, 1)[0]).isZero();
        }
    }

    @Test
    void anInputOfZerosGivesTheBias() {
        try (Quantized quantized = new Quantized(normal(8 * 16, 1, 1), 8, 16);
                NativeScope scope = NativeScope.inference()) {
            Tensor bias = Tensors.of(normal(8, 1, 2), 8);
            Tensor y = Int8.product(
                    Tensors.of(new float[2 * 16], 2, 16),
                    quantized.packed,
                    quantized.factors,
                    bias,
                    1,
                    new RowSlices());
            assertThat(Tensors.toFloats(y.select(0, 0))).containsExactly(Tensors.toFloats(bias));
            assertThat(Tensors.toFloats(y.select(0, 1))).containsExactly(Tensors.toFloats(bias));
        }
    }

    /** The greatest error that rounding the input to 8 bits explains: half a step for each input. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 64, 8", "5, 33, 7", "77, 288, 96", "130, 768, 40", "3, 4096, 17"})
    void aProductIsThatOfTheQuantizedWeightWithinTheRoundingOfItsInput(int rows, int in, int out) {
        float[] x = normal(rows * in, 1, 5);
        try (Quantized weight = new Quantized(normal(out * in, 0.05f, 6), out, in);
                NativeScope scope = NativeScope.inference()) {
            float[] once = weight.times(x, 1);
            float[] twice = weight.times(x, 2);
            for (int row = 0; row < rows; row++) {
                float step = largest(Arrays.copyOfRange(x, row * in, (row + 1) * in)) / LARGEST;
                for (int i = 0; i < out; i++) {
                    double exact = 0;
                    double magnitude = 0;
                    for (int j = 0; j < in; j++) {
                        double w = (double) weight.steps[i * in + j] * weight.scale[i];
                        exact += w * x[row * in + j];
                        magnitude += Math.abs(w);
                    }
                    double half = magnitude * step / 2;
                    double rounding = magnitude * step * LARGEST * ROUNDING;
                    assertThat(Math.abs(once[row * out + i] - exact)).isLessThanOrEqualTo(half + rounding);
                    assertThat(Math.abs(twice[row * out + i] - exact))
                            .isLessThanOrEqualTo(half / (2 * LARGEST) + rounding);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void aRowsResultsAreTheSameBitsWhateverTheOtherRowsAre(int terms) {
        int in = 288;
        int out = 70;
        int rows = 150;
        float[] x = normal(rows * in, 1, 7);
        Arrays.fill(x, 9 * in, 10 * in, 1e6f); // a neighbor with other magnitudes
        try (Quantized weight = new Quantized(normal(out * in, 1, 8), out, in);
                NativeScope scope = NativeScope.inference()) {
            float[] together = weight.times(x, terms);
            float[] reversed = weight.times(reversed(x, in), terms);
            for (int count : new int[] {1, 2, 31, 77, 149}) {
                float[] some = weight.times(Arrays.copyOf(x, count * in), terms);
                assertThat(some).containsExactly(Arrays.copyOf(together, count * out));
            }
            assertThat(reversed(reversed, out)).containsExactly(together);
        }
    }

    /** Processors without VNNI instructions saturate sums of two products, unless they are computed in halves. */
    @ParameterizedTest
    @CsvSource({"1, 64, 8", "1, 1, 1", "4, 63, 16", "77, 288, 96", "128, 520, 40", "16, 2048, 64"})
    void productsOfTheLargestIntegersAreExact(int rows, int in, int out) {
        try (NativeScope scope = NativeScope.inference()) {
            for (int sign : new int[] {-1, 1}) {
                Tensor x = torch.full(new long[] {rows, in}, new Scalar(255), new TensorOptions(ScalarType.Byte));
                Tensor w = torch.full(
                        new long[] {out, in}, new Scalar(sign * LARGEST), new TensorOptions(ScalarType.Char));
                assertThat(integers(x, 128, w)).containsOnly((float) sign * in * LARGEST * LARGEST);
                assertThat(integers(x.zero_(), 128, w)).containsOnly((float) -sign * in * 128 * LARGEST);
            }
        }
    }

    @Test
    void productsInHalvesAreTheSameBits() {
        int in = 96;
        int out = 24;
        try (NativeScope scope = NativeScope.inference()) {
            Tensor x = Tensors.of(normal(9 * in, 80, 1), 9, in)
                    .abs()
                    .clamp_max(new Scalar(255))
                    .to(ScalarType.Byte);
            Tensor w = Tensors.of(normal(out * in, 40, 2), out, in)
                    .clamp_min(new Scalar(-LARGEST))
                    .clamp_max(new Scalar(LARGEST))
                    .to(ScalarType.Char);
            Tensor scale = Tensors.of(normal(out, 1, 3), out);
            Tensor zeros = torch.zeros(new long[] {out}, new TensorOptions(ScalarType.Int));
            Tensor packed = Operators.get().packed(w);

            assertThat(Tensors.toFloats(Operators.get().halves(x, 128, packed, scale, zeros)))
                    .containsExactly(Tensors.toFloats(Operators.get().product(x, 128, packed, scale, zeros)));
        }
    }

    private static float[] integers(Tensor x, long zero, Tensor w) {
        long out = w.size(0);
        Tensor ones = torch.ones(new long[] {out}, new TensorOptions(ScalarType.Float));
        Tensor zeros = torch.zeros(new long[] {out}, new TensorOptions(ScalarType.Int));
        return Tensors.toFloats(Operators.get().product(x, zero, Operators.get().packed(w), ones, zeros));
    }

    /** A quantized weight, (out, in), on the heap and as products take it. */
    private static final class Quantized implements AutoCloseable {
        final float[] steps;
        final float[] scale;
        final Tensor packed;
        final Tensor factors;
        private final NativeScope scope = NativeScope.inference();
        private final Int8.Rows weight;
        private final int in;

        Quantized(float[] values, int out, int in) {
            this.in = in;
            Int8.Rows rows = Int8.quantize(Tensors.of(values, out, in));
            steps = Tensors.toFloats(rows.steps().tensor());
            scale = Tensors.toFloats(rows.scale().tensor());
            packed = Operators.get().packed(rows.steps().tensor());
            factors = rows.scale().tensor();
            weight = rows;
        }

        float[] times(float[] x, int terms) { // (rows, in) → (rows, out)
            return Tensors.toFloats(
                    Int8.product(Tensors.of(x, x.length / in, in), packed, factors, null, terms, new RowSlices()));
        }

        @Override
        public void close() {
            scope.close();
            weight.steps().close();
            weight.scale().close();
        }
    }

    private static float[] normal(int count, float deviation, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() * deviation;
        }
        return values;
    }

    private static float[] reversed(float[] rows, int length) {
        float[] reversed = new float[rows.length];
        for (int from = 0; from < rows.length; from += length) {
            System.arraycopy(rows, from, reversed, rows.length - length - from, length);
        }
        return reversed;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static Offset<Float> relative(float magnitude) {
        return Offset.offset(magnitude * ROUNDING);
    }
}
