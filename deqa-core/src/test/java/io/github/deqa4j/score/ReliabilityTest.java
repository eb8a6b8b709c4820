package io.github.deqa4j.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReliabilityTest {
    private static final ScoreInterval INTERVAL = new ScoreInterval(2, 3, 0.8);

    @Test
    void imagesBeyondTheLimitAreUnfamiliar() {
        assertThat(new Reliability(INTERVAL, 0).unfamiliar()).isFalse();
        assertThat(new Reliability(INTERVAL, 1).unfamiliar()).isFalse();
        assertThat(new Reliability(INTERVAL, Math.nextUp(1.0)).unfamiliar()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void theUnfamiliarityIsANumberFromZeroOn(double unfamiliarity) {
        assertThatThrownBy(() -> new Reliability(INTERVAL, unfamiliarity))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the unfamiliarity is " + unfamiliarity + "; it must be finite and not below 0");
    }
}
