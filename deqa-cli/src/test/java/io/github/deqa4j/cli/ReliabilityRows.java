package io.github.deqa4j.cli;

import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.LevelLogits;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.ScoreInterval;
import java.util.List;
import java.util.Optional;

/** Rows of one image whose levels are equally likely: score 3, std √2. */
final class ReliabilityRows {
    static final QualityScore SCORE = new QualityScore(new LevelLogits(0, 0, 0, 0, 0));

    private ReliabilityRows() {}

    /** Of a model that does not tell how far its scores can be relied on. */
    static ScoreRow without() {
        return ScoreRow.scored("a.png", SCORE, Optional.empty(), 40, 30, 2.5);
    }

    /** Of a model that tells faults. */
    static ScoreRow withFaults(Fault... faults) {
        return ScoreRow.scored("a.png", SCORE.withFaults(List.of(faults)), Optional.empty(), 40, 30, 2.5);
    }

    /** With an interval from 2.25 to 3.75. */
    static ScoreRow with(double unfamiliarity) {
        Reliability reliability = new Reliability(new ScoreInterval(2.25, 3.75, 0.9), unfamiliarity);
        return ScoreRow.scored("a.png", SCORE.withReliability(reliability), Optional.empty(), 40, 30, 2.5);
    }
}
