package io.github.deqa4j.score.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.FaultKind;
import io.github.deqa4j.score.LevelLogits;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.ScoreInterval;
import io.github.deqa4j.score.Tile;
import io.github.deqa4j.score.View;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreJsonTest {
    private static final QualityScore SCORE = new QualityScore(new LevelLogits(0, 0, 0, 0, 0));
    private static final QualityScore BETTER = new QualityScore(new LevelLogits(1, 0, 0, 0, 0));
    private static final String STD = "{\"name\":\"a\",\"std\":" + SCORE.std();
    private static final String PROBABILITIES =
            ",\"probabilities\":{\"excellent\":0.2,\"good\":0.2,\"fair\":0.2,\"poor\":0.2,\"bad\":0.2}";

    @Test
    void whatTheModelDoesNotTellIsAbsent() {
        assertThat(json(SCORE, View.WHOLE, Optional.empty())).isEqualTo(STD + PROBABILITIES + "}");
    }

    @Test
    void theReliabilityFollowsTheStd() {
        QualityScore score = SCORE.withReliability(new Reliability(new ScoreInterval(2.25, 3.75, 0.8), 1.5));

        assertThat(json(score, View.WHOLE, Optional.empty()))
                .isEqualTo(STD + ",\"score_interval\":[2.25,3.75],\"unfamiliar\":true,\"unfamiliarity\":1.5"
                        + PROBABILITIES + "}");
    }

    @Test
    void theFaultsFollowTheReliability() {
        QualityScore score = SCORE.withReliability(new Reliability(new ScoreInterval(2.25, 3.75, 0.8), 0.5));

        assertThat(json(
                        score.withFaults(
                                List.of(new Fault(FaultKind.BLUR, 0.75), new Fault(FaultKind.LOW_CONTRAST, 0.25))),
                        View.WHOLE,
                        Optional.empty()))
                .isEqualTo(STD + ",\"score_interval\":[2.25,3.75],\"unfamiliar\":false,\"unfamiliarity\":0.5"
                        + ",\"faults\":[{\"kind\":\"blur\",\"strength\":0.75},{\"kind\":\"low-contrast\",\"strength\":0.25}]"
                        + PROBABILITIES + "}");
        assertThat(json(SCORE.withFaults(List.of()), View.WHOLE, Optional.empty()))
                .isEqualTo(STD + ",\"faults\":[]" + PROBABILITIES + "}");
    }

    @Test
    void theTilesComeLast() {
        DetailScore detail =
                DetailScore.of(List.of(new Tile(0, 0, 512, 510, BETTER), new Tile(488, 100, 512, 510, SCORE)), 6, 1);

        assertThat(json(SCORE, View.BOTH, Optional.of(detail)))
                .isEqualTo(STD + PROBABILITIES + ",\"view\":\"both\",\"detail\":{\"score\":"
                        + detail.quality().score() + ",\"std\":"
                        + detail.quality().std()
                        + ",\"worst\":{\"score\":" + SCORE.score()
                        + ",\"x\":488,\"y\":100,\"width\":512,\"height\":510},\"tiles\":2,\"places\":6,\"flat\":1}}");
    }

    @Test
    void theWorstTileHasItsFaults() {
        QualityScore faulty = SCORE.withFaults(List.of(new Fault(FaultKind.BLUR, 0.75)));
        DetailScore detail =
                DetailScore.of(List.of(new Tile(0, 0, 512, 510, BETTER), new Tile(488, 100, 512, 510, faulty)), 6, 1);

        assertThat(json(SCORE, View.BOTH, Optional.of(detail)))
                .contains("\"height\":510,\"faults\":[{\"kind\":\"blur\",\"strength\":0.75}]},\"tiles\":2");
    }

    private static String json(QualityScore quality, View view, Optional<DetailScore> detail) {
        return ScoreJson.put(JsonNodeFactory.instance.objectNode().put("name", "a"), quality, view, detail)
                .toString();
    }
}
