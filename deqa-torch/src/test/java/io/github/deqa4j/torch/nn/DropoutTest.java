package io.github.deqa4j.torch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutTest {
    private static final int COUNT = 4000;

    @Test
    void whatIsKeptIsDividedByItsShare() {
        float[] values = dropped(new RandomStream(3));
        long zeros = count(values, 0);

        assertThat(zeros).isBetween(COUNT / 5L, COUNT * 3L / 10); // a quarter
        assertThat(count(values, 2 / 0.75f)).isEqualTo(COUNT - zeros);
    }

    @Test
    void eachPassDropsOthersAndAPlaceInTheStreamTheSame() {
        RandomStream random = new RandomStream(3);
        float[] first = dropped(random);

        assertThat(dropped(random)).isNotEqualTo(first);
        random.moveTo(0);
        assertThat(dropped(random)).isEqualTo(first);
    }

    @Test
    void nothingIsDroppedInInference() {
        RandomStream random = new RandomStream(3);
        try (NativeScope scope = NativeScope.inference()) {
            assertThat(Tensors.toFloats(new Dropout(0.25, random).forward(Tensors.of(new float[] {2}, 1))))
                    .containsExactly(2);
        }
        assertThat(random.position()).isZero();
    }

    @Test
    void allCannotBeDropped() {
        assertThatThrownBy(() -> new Dropout(1, new RandomStream(3)))
                .isInstanceOf(DeqaException.class)
                .hasMessage("the dropout is 1.0; it must be at least 0 and below 1");
    }

    private static float[] dropped(RandomStream random) {
        float[] twos = new float[COUNT];
        Arrays.fill(twos, 2);
        try (NativeScope scope = NativeScope.training()) {
            return Tensors.toFloats(new Dropout(0.25, random).forward(Tensors.of(twos, COUNT)));
        }
    }

    private static long count(float[] values, float value) {
        long count = 0;
        for (float one : values) {
            count += Math.abs(one - value) < 1e-5f ? 1 : 0;
        }
        return count;
    }
}
