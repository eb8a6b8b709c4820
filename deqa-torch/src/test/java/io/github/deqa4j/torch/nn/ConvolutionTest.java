package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.score.Precision;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions with what follows them, before and after they are prepared. */
class ConvolutionTest {
    private static final int IN = 6;
    private static final int OUT = 10;
    private static final int HEIGHT = 13;
    private static final int WIDTH = 9;

    private final SplittableRandom random = new SplittableRandom(3);

    @BeforeEach
    void start() {
        Engine.start();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, FLOAT32", "1, 2, FLOAT32", "3, 1, FLOAT32", "7, 2, FLOAT32", "3, 1, BF16"})
    void unpreparedTheyAreThePlainOperations(int side, int stride, Precision precision) {
        try (Convolution convolution = convolution(side, stride, precision);
                NativeScope scope = NativeScope.inference()) {
            Tensor x = tensor(2, IN, HEIGHT, WIDTH);
            Tensor y = convolution.forward(x);
            Tensor other = like(y);

            assertThat(convolution.rectified(x).equal(relu(y))).isTrue();
            assertThat(convolution.rectifiedSum(x, other).equal(relu(y.add(other))))
                    .isTrue();
        }
    }

    /** The values are below 8, and a sum in another order is off by some steps of float32. In bfloat16 nothing changes. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, FLOAT32, 1e-5",
        "1, 2, FLOAT32, 1e-5",
        "3, 1, FLOAT32, 1e-5",
        "7, 2, FLOAT32, 1e-5",
        "3, 1, BF16, 0"
    })
    void preparedTheyGiveTheSameButForRounding(int side, int stride, Precision precision, float rounding) {
        try (Convolution convolution = convolution(side, stride, precision);
                NativeScope scope = NativeScope.inference()) {
            Tensor x = tensor(2, IN, HEIGHT, WIDTH);
            Tensor other = like(convolution.forward(x));
            float[] plain = Tensors.toFloats(convolution.rectified(x));
            float[] plainSum = Tensors.toFloats(convolution.rectifiedSum(x, other));

            convolution.prepare();

            assertThat(Tensors.toFloats(convolution.rectified(x))).containsExactly(plain, within(rounding));
            Tensor sum = convolution.rectifiedSum(x, other);
            assertThat(Tensors.toFloats(sum)).containsExactly(plainSum, within(rounding));
            assertThat(sum.scalar_type().intern()).isEqualTo(NativeTypes.of(precision));
            assertThat(sum.data_ptr().equals(other.data_ptr()))
                    .as("in the memory of the sum")
                    .isEqualTo(precision == Precision.FLOAT32
                            && ConvolutionOperators.get().isPresent());
        }
    }

    private Convolution convolution(int side, int stride, Precision precision) {
        Convolution convolution = new Convolution(IN, OUT, side, stride, precision);
        convolution
                .namedParameters()
                .values()
                .forEach(parameter ->
                        parameter.bind(Weight.of(values((int) parameter.elements(), 0.2), parameter.shape())));
        return convolution;
    }

    private Tensor like(Tensor reference) {
        return Functional.like(tensor(reference.shape()), reference).contiguous(MemoryFormat.ChannelsLast);
    }

    private Tensor tensor(long... shape) {
        int elements = 1;
        for (long extent : shape) {
            elements *= (int) extent;
        }
        return Tensors.of(values(elements, 1), shape);
    }

    private float[] values(int count, double bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return values;
    }
}
