package io.github.deqa4j.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QualityScoreTest {
    @Test
    void scoreAndSpreadFollowFromTheProbabilities() {
        QualityScore score = new QualityScore(LevelProbabilities.of(0.5, 0, 0.5, 0, 0));

        assertThat(score.score()).isEqualTo(4);
        assertThat(score.std()).isEqualTo(1);
        assertThat(score.probabilities().excellent()).isEqualTo(0.5);
    }
}
