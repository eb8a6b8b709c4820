package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.attention;
import static io.github.deqa4j.torch.nn.Functional.halfAttention;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FunctionalTest {
    @BeforeAll
    static void start() {
        Engine.start();
    }

    @Test
    void lastQueriesAttendAsTheyDoAmongAll() {
        try (NativeScope scope = NativeScope.inference()) {
            Tensor q = random(1, 2, 3, 12, 8);
            Tensor k = random(2, 2, 3, 12, 8);
            Tensor v = random(3, 2, 3, 12, 8);
            float[] all = Tensors.toFloats(attention(q, k, v, true).narrow(2, 7, 5));

            float[] last = Tensors.toFloats(attention(q.narrow(2, 7, 5), k, v, true));

            assertThat(last).containsExactly(all, offset(1e-6f));
        }
    }

    /** Scores, probabilities and values are rounded to 8 bits: 2⁻⁸ of values up to 4, about three times. */
    @Test
    void attentionInHalfPrecisionIsNearToThatInFloat32() {
        try (NativeScope scope = NativeScope.inference()) {
            Tensor q = random(1, 2, 3, 65, 16);
            Tensor k = random(2, 2, 3, 65, 16);
            Tensor v = random(3, 2, 3, 65, 16);
            float[] exact = Tensors.toFloats(attention(q, k, v, false));

            float[] half = Tensors.toFloats(halfAttention(q, k, v));

            assertThat(half).containsExactly(exact, offset(0.05f));
        }
    }

    @Test
    void attentionInHalfPrecisionKeepsTheNumberFormat() {
        try (NativeScope scope = NativeScope.inference()) {
            Tensor x = random(1, 1, 3, 5, 16).to(ScalarType.BFloat16);

            assertThat(halfAttention(x, x, x).scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
        }
    }

    private static Tensor random(long seed, long... shape) {
        return Functional.uniform(2, seed, shape);
    }
}
