package io.github.deqa4j.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.InvalidInputException;
import io.github.deqa4j.testkit.Golden;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelProbabilitiesTest {
    private static final double EXACT = 1e-12;

    @Test
    void meanAndSpreadAreThoseOfTheDistribution() {
        LevelProbabilities p = LevelProbabilities.of(0.1, 0.2, 0.4, 0.2, 0.1);

        assertThat(p.mean()).isCloseTo(3, within(EXACT));
        assertThat(p.std()).isCloseTo(Math.sqrt(1.2), within(EXACT));
    }

    @Test
    void meanAndSpreadReachTheirLimits() {
        assertThat(LevelProbabilities.of(1, 0, 0, 0, 0).mean()).isEqualTo(5);
        assertThat(LevelProbabilities.of(0, 0, 0, 0, 1).mean()).isEqualTo(1);
        assertThat(LevelProbabilities.of(0, 0, 0, 0, 1).std()).isZero();
        assertThat(LevelProbabilities.of(0.5, 0, 0, 0, 0.5).std()).isEqualTo(2);
    }

    @Test
    void meanAndSpreadEqualTheAuthors() {
        JsonNode golden = Golden.json(Golden.mini().resolve("model/expected.json"));
        JsonNode probabilities = golden.get("scorer.level_probs");
        assertThat(probabilities).isNotEmpty();
        for (int i = 0; i < probabilities.size(); i++) {
            LevelProbabilities p = LevelProbabilities.of(Golden.doubles(probabilities.get(i)));

            assertThat(p.mean()).isCloseTo(golden.get("scorer.score").get(i).doubleValue(), within(1e-5));
            assertThat(p.std()).isCloseTo(golden.get("scorer.std").get(i).doubleValue(), within(1e-5));
        }
    }

    @Test
    void softmaxGivesTheRatiosOfExponentials() {
        LevelProbabilities p = LevelProbabilities.softmax(Math.log(1), Math.log(2), Math.log(3), Math.log(4), 0);

        assertThat(p.toArray())
                .containsExactly(new double[] {1 / 11.0, 2 / 11.0, 3 / 11.0, 4 / 11.0, 1 / 11.0}, within(EXACT));
    }

    @Test
    void softmaxOfHugeLogitsDoesNotOverflow() {
        assertThat(LevelProbabilities.softmax(1e308, -1e308, 0, 0, 0)).isEqualTo(new LevelProbabilities(1, 0, 0, 0, 0));
        assertThat(LevelProbabilities.softmax(-1e308, -1e308, -1e308, -1e308, -1e308))
                .isEqualTo(new LevelProbabilities(0.2, 0.2, 0.2, 0.2, 0.2));
    }

    @Test
    void softmaxKeepsItsResultWhenAllLogitsShift() {
        Random random = new Random(31);
        for (int i = 0; i < 200; i++) {
            double[] logits = random.doubles(5, -20, 20).toArray();
            double[] shifted = logits.clone();
            for (int j = 0; j < shifted.length; j++) {
                shifted[j] += 7.5;
            }
            LevelProbabilities p = LevelProbabilities.softmax(logits);

            assertThat(LevelProbabilities.softmax(shifted).toArray()).containsExactly(p.toArray(), within(EXACT));
            assertThat(p.mean()).isBetween(1.0, 5.0);
            assertThat(p.std()).isBetween(0.0, 2.0);
        }
    }

    @Test
    void softmaxNamesTheLevelWhoseLogitIsNotFinite() {
        assertThatThrownBy(() -> LevelProbabilities.softmax(0, 0, Double.NaN, 0, 0))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("the logit of level \"fair\" is NaN; the network's weights or precision are at fault");
        assertThatThrownBy(() -> LevelProbabilities.softmax(0, 0, 0, 0, Double.NEGATIVE_INFINITY))
                .hasMessage("the logit of level \"bad\" is -Infinity; the network's weights or precision are at fault");
    }

    @Test
    void eachLevelHasItsPlace() {
        LevelProbabilities p = LevelProbabilities.of(0.3, 0.25, 0.2, 0.15, 0.1);

        assertThat(Level.ALL.stream().mapToDouble(p::get)).containsExactly(0.3, 0.25, 0.2, 0.15, 0.1);
        assertThat(p.toArray()).containsExactly(0.3, 0.25, 0.2, 0.15, 0.1);
    }

    @Test
    void theArrayIsACopy() {
        LevelProbabilities p = LevelProbabilities.of(1, 0, 0, 0, 0);
        p.toArray()[0] = 0;

        assertThat(p.excellent()).isEqualTo(1);
    }

    @Test
    void theMostLikelyLevelIsTheBetterOneOfEquals() {
        assertThat(LevelProbabilities.of(0.1, 0.2, 0.4, 0.2, 0.1).mostLikely()).isEqualTo(Level.FAIR);
        assertThat(LevelProbabilities.of(0, 0, 0, 0.1, 0.9).mostLikely()).isEqualTo(Level.BAD);
        assertThat(LevelProbabilities.of(0, 0.4, 0.2, 0.4, 0).mostLikely()).isEqualTo(Level.GOOD);
        assertThat(LevelProbabilities.of(0.2, 0.2, 0.2, 0.2, 0.2).mostLikely()).isEqualTo(Level.EXCELLENT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void probabilitiesLieBetweenZeroAndOne(double wrong) {
        assertThatThrownBy(() -> LevelProbabilities.of(0, 0, 0, wrong, 0))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("a level probability is " + wrong + "; each must lie in [0, 1]");
    }

    @Test
    void probabilitiesSumToOne() {
        assertThat(LevelProbabilities.of(0.5, 0.5 + 9e-7, 0, 0, 0).good()).isEqualTo(0.5 + 9e-7);
        assertThatThrownBy(() -> LevelProbabilities.of(0.5, 0.25, 0.125, 0, 0))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("the level probabilities sum to 0.875; they must sum to 1");
    }

    @Test
    void thereAreFive() {
        assertThatThrownBy(() -> LevelProbabilities.of(0.5, 0.5))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("there are 2 probabilities; one for each of 5 levels is needed, excellent to bad");
        assertThatThrownBy(() -> LevelProbabilities.softmax(1, 2, 3, 4, 5, 6))
                .isExactlyInstanceOf(InvalidInputException.class)
                .hasMessage("there are 6 logits; one for each of 5 levels is needed, excellent to bad");
    }
}
