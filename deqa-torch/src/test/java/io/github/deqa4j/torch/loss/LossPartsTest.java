package io.github.deqa4j.torch.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LossPartsTest {
    @Test
    void othersAreAddedWithTheirShare() {
        LossParts sum = new LossParts(Map.of(LossPart.KL, 1.0)).plus(new LossParts(Map.of(LossPart.KL, 4.0)), 0.25);

        assertThat(sum.of(LossPart.KL)).isEqualTo(2);
        assertThat(sum.of(LossPart.RANK)).isZero();
    }

    @Test
    void oneNumberThatIsNotFiniteIsFound() {
        assertThat(LossParts.ZERO.finite()).isTrue();
        for (LossPart part : LossPart.values()) {
            assertThat(new LossParts(Map.of(part, Double.NaN)).finite()).isFalse();
            assertThat(new LossParts(Map.of(part, Double.NEGATIVE_INFINITY)).finite())
                    .isFalse();
        }
    }
}
