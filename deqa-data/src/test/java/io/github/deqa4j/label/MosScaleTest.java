package io.github.deqa4j.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.score.Level;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MosScaleTest {
    private static final MosScale PERCENT = new MosScale(0, 100);

    @Test
    void theRangeIsStretchedToTheLevels() {
        assertThat(PERCENT.mean(0)).isEqualTo(1);
        assertThat(PERCENT.mean(50)).isEqualTo(3);
        assertThat(PERCENT.mean(100)).isEqualTo(5);
        assertThat(PERCENT.std(25)).isEqualTo(1);
        assertThat(PERCENT.rawStd(0.8)).isCloseTo(20, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "0, BAD",
        "20, BAD",
        "20.000000001, BAD",
        "20.1, POOR",
        "40, POOR",
        "60, FAIR",
        "79.9, GOOD",
        "80, GOOD",
        "80.1, EXCELLENT",
        "100, EXCELLENT"
    })
    void aBorderGoesToTheLowerLevel(double mos, Level level) {
        assertThat(PERCENT.level(mos)).isEqualTo(level);
    }

    @Test
    void theRangeIsThatOfAllOpinions() {
        assertThat(MosScale.of(List.of(opinion(3), opinion(-2), opinion(7)))).isEqualTo(new MosScale(-2, 7));
    }

    @Test
    void aRangeThatIsLostBesideTheTolerancesIsRefused() {
        assertThatThrownBy(() -> new MosScale(0, 1e-7))
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        "the scores reach from 0.0 to 1.0E-7; a range below 1e-6 is lost beside the tolerances of the"
                                + " method, so multiply the scores");
        assertThat(new MosScale(0, 1e-5).level(9e-6)).isEqualTo(Level.EXCELLENT);
    }

    @Test
    void equalScoresHaveNoScale() {
        assertThatThrownBy(() -> MosScale.of(List.of(opinion(3), opinion(3))))
                .isInstanceOf(DeqaException.class)
                .hasMessage("all opinions have the mos 3.0; a scale needs two different ones");
    }

    @Test
    void aRangeBeyondAllNumbersIsRefused() {
        assertThatThrownBy(() -> MosScale.of(List.of(opinion(-1e308), opinion(1e308))))
                .isInstanceOf(DeqaException.class)
                .hasMessage("the scores reach from -1.0E308 to 1.0E308; both and their distance must be finite");
    }

    private static Opinion opinion(double mos) {
        return Opinion.of("image " + mos, mos, OptionalDouble.empty());
    }
}
