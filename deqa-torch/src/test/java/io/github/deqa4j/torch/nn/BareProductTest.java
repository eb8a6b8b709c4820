package io.github.deqa4j.torch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.score.Precision;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BareProductTest {
    @BeforeAll
    static void start() {
        Engine.start();
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aProductHasARowForEachOfTheInput(Precision precision) {
        try (BareProduct product = BareProduct.random(precision, 64, 32, 1);
                Weight input = product.input(5);
                NativeScope scope = NativeScope.inference()) {
            Tensor y = product.of(input.tensor());

            assertThat(y.shape()).containsExactly(5, 32);
            assertThat(y.to(ScalarType.Float).abs().max().item_float())
                    .isPositive()
                    .isFinite();
        }
    }

    /** So that quantizing it takes none of the time. */
    @Test
    void anInputOf8BitIntegersIsQuantizedAlready() {
        try (BareProduct product = BareProduct.random(Precision.INT8, 64, 32, 1);
                Weight input = product.input(5)) {
            assertThat(input.tensor().scalar_type().intern()).isEqualTo(ScalarType.Byte);
        }
    }
}
