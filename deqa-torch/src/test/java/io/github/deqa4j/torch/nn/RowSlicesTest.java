package io.github.deqa4j.torch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
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
}
