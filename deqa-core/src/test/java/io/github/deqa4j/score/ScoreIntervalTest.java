package io.github.deqa4j.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreIntervalTest {
    @Test
    void itMayBeTheWholeRangeOrASinglePoint() {
        assertThat(new ScoreInterval(1, 5, 0.8).high()).isEqualTo(5);
        assertThat(new ScoreInterval(3, 3, 0.8).low()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"0.9, 3", "3, 5.1", "3, 2.9", "NaN, 3", "3, NaN"})
    void itsEndsAreInOrderAndInTheRangeOfScores(double low, double high) {
        assertThatThrownBy(() -> new ScoreInterval(low, high, 0.8))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the interval reaches from " + low + " to " + high
                        + "; its ends must be in order, and from 1.0 to 5.0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -1, Double.NaN})
    void itsCoverageIsAShare(double coverage) {
        assertThatThrownBy(() -> new ScoreInterval(2, 3, coverage))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the coverage of the interval is " + coverage + "; it must be above 0 and below 1");
    }
}
