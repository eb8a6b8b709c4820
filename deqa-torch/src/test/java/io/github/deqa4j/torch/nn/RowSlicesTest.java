package io.github.deqa4j.torch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSlicesTest {
    @BeforeAll
    static void start() {
        Engine.start();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 127, 128, 129, 256, 300})
    void slicesGiveTheRowsOfTheWhole(long rows) {
        try (NativeScope scope = NativeScope.inference()) {
            Tensor x = Functional.uniform(1, 4, rows, 3);
            List<Long> sizes = new ArrayList<>();
            UnaryOperator<Tensor> product = part -> {
                sizes.add(part.size(0));
                return part.mul(part);
            };

            assertThat(Tensors.toFloats(RowSlices.slices(x, product))).containsExactly(Tensors.toFloats(x.mul(x)));
            assertThat(sizes).allMatch(size -> size <= 128);
            assertThat(sizes.stream().mapToLong(Long::longValue).sum()).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 128, 129, 300})
    void resultIsThatOfTheWholeEitherWay(long rows) {
        try (NativeScope scope = NativeScope.inference()) {
            Tensor x = Functional.uniform(1, 4, rows, 3);
            RowSlices slices = new RowSlices();

            for (int call = 0; call < 2; call++) {
                assertThat(Tensors.toFloats(slices.apply(x, 3, part -> part.mul(part))))
                        .containsExactly(Tensors.toFloats(x.mul(x)));
            }
        }
    }

    /**
     * oneDNN may take another kernel for many rows than for few. Sums are integers until they are whole, so the bits are the same, also
     * those of sums above 2²⁴, which float32 rounds: here about 4096·100·100.
     */
    @ParameterizedTest
    @ValueSource(longs = {129, 300, 1025})
    void slicesOfAnInt8ProductHaveTheBitsOfTheWhole(long rows) {
        try (NativeScope scope = NativeScope.inference()) {
            Tensor x = integers(27, 228, ScalarType.Byte, rows, 4096);
            Tensor packed = Operators.get().packed(integers(27, 100, ScalarType.Char, 160, 4096));
            Tensor scale = torch.full(new long[] {160}, new Scalar(0.013));
            Tensor zeros = torch.zeros(new long[] {160}, new TensorOptions(ScalarType.Int));
            UnaryOperator<Tensor> product = part -> Operators.get().product(part, 128, packed, scale, zeros);

            Tensor whole = product.apply(x);

            assertThat(torch.equal(RowSlices.slices(x, product), whole)).isTrue();
            assertThat(whole.abs().max().item_float()).isGreaterThan(0.013f * (1 << 24));
        }
    }

    /** Random integers in [center − bound, center + bound). */
    private static Tensor integers(double bound, double center, ScalarType format, long... shape) {
        return Functional.plus(Functional.uniform(bound, shape[0], shape), center)
                .to(format);
    }
}
