package io.github.deqa4j.torch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.Weight;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QuantizedWeightsTest {
    @BeforeAll
    static void start() {
        Engine.start();
    }

    @Test
    void aScaleIsKeptFromTheReadingOfItsWeight() {
        QuantizedWeights weights = new QuantizedWeights(new OneWeight(127, 1, -254, 2), Set.of("w"));
        assertThat(weights.names()).containsExactly("w", "w_scale");

        try (Weight steps = weights.read("w");
                Weight scale = weights.read("w_scale");
                Weight again = weights.read("w_scale")) {
            assertThat(steps.isEqual(Weight.of(new float[] {127, 1, -127, 1}, 2, 2)))
                    .isTrue();
            assertThat(scale.isEqual(Weight.of(new float[] {1, 2}, 2))).isTrue();
            assertThat(again.isEqual(scale)).isTrue();
        }
    }

    @Test
    void aDamagedWeightIsRefusedAndNothingOfItKept() {
        QuantizedWeights weights = new QuantizedWeights(new OneWeight(1, 2, Float.NaN, 3), Set.of("w"));
        requireRefused(weights); // the first call makes what stays for the process
        long before = Pointer.totalCount();

        requireRefused(weights);

        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    private static void requireRefused(QuantizedWeights weights) {
        assertThatThrownBy(() -> weights.read("w"))
                .isInstanceOf(UnusableModelException.class)
                .hasMessage("f.safetensors: the tensor \"w\" holds numbers that are infinite or NaN, so it cannot be"
                        + " quantized; the weights were damaged, or their training diverged");
    }

    /** A source with one weight of 2 × 2. */
    private static final class OneWeight implements WeightSource {
        private final float[] values;

        OneWeight(float... values) {
            this.values = values;
        }

        @Override
        public Set<String> names() {
            return Set.of("w");
        }

        @Override
        public long[] shape(String name) {
            return new long[] {2, 2};
        }

        @Override
        public DType dtype(String name) {
            return DType.F32;
        }

        @Override
        public String file(String name) {
            return "f.safetensors";
        }

        @Override
        public Weight read(String name) {
            return Weight.of(values, 2, 2);
        }
    }
}
