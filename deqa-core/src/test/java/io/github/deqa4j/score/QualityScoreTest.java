package io.github.deqa4j.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class QualityScoreTest {
    @Test
    void faultsAndReliabilityComeTogetherAndDoNotCountAsEqual() {
        QualityScore score = new QualityScore(new LevelLogits(1, 2, 3, 4, 5));
        Reliability reliability = new Reliability(new ScoreInterval(2, 3, 0.8), 0.5);
        List<Fault> faults = List.of(new Fault(FaultKind.BLUR, 0.5));
        QualityScore told = score.withFaults(faults).withReliability(reliability);

        assertThat(told.faults()).hasValue(faults);
        assertThat(told.reliability()).hasValue(reliability);
        assertThat(told).isEqualTo(score);
        assertThat(score.faults()).isEmpty();
    }

    @Test
    void scoreAndSpreadFollowFromTheLogits() {
        LevelLogits logits = new LevelLogits(7, -1000, 7, -1000, -1000);
        QualityScore score = new QualityScore(logits);

        assertThat(score.logits()).isEqualTo(logits);
        assertThat(score.probabilities()).isEqualTo(new LevelProbabilities(0.5, 0, 0.5, 0, 0));
        assertThat(score.score()).isEqualTo(4);
        assertThat(score.std()).isEqualTo(1);
        assertThat(score).hasToString("4.0 ± 1.0");
    }

    @Test
    void scoresOfEqualLogitsAreEqual() {
        QualityScore score = new QualityScore(new LevelLogits(1, 2, 3, 4, 5));

        assertThat(score)
                .isEqualTo(new QualityScore(new LevelLogits(1, 2, 3, 4, 5)))
                .hasSameHashCodeAs(new QualityScore(new LevelLogits(1, 2, 3, 4, 5)));
        assertThat(score).isNotEqualTo(new QualityScore(new LevelLogits(2, 3, 4, 5, 6)));
        assertThat(score.score()).isCloseTo(new QualityScore(new LevelLogits(2, 3, 4, 5, 6)).score(), within(1e-15));
    }

    @Test
    void theReliabilityIsNoPartOfTheScoreItself() {
        QualityScore score = new QualityScore(new LevelLogits(1, 2, 3, 4, 5));
        Reliability reliability = new Reliability(new ScoreInterval(1.5, 2.5, 0.8), 0.5);

        assertThat(score.reliability()).isEmpty();
        assertThat(score.withReliability(reliability).reliability()).contains(reliability);
        assertThat(score.withReliability(reliability)).isEqualTo(score).hasSameHashCodeAs(score);
        assertThat(score.withReliability(reliability).score()).isEqualTo(score.score());
    }

    @Test
    void theRangeIsThatOfTheLevels() {
        assertThat(QualityScore.LOWEST).isEqualTo(1);
        assertThat(QualityScore.HIGHEST).isEqualTo(5);
    }
}
