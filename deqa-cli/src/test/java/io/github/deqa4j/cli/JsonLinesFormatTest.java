package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.FaultKind;
import io.github.deqa4j.score.View;
import org.junit.jupiter.api.Test;

class JsonLinesFormatTest {
    private static final JsonLinesFormat FORMAT = new JsonLinesFormat("m", View.WHOLE);
    private static final String START = "{\"path\":\"a.png\",\"score\":" + ReliabilityRows.SCORE.score() + ",\"std\":"
            + ReliabilityRows.SCORE.std();
    private static final String END = ",\"probabilities\":{\"excellent\":0.2,\"good\":0.2,\"fair\":0.2,\"poor\":0.2,"
            + "\"bad\":0.2},\"width\":40,\"height\":30,\"ms\":2.5,\"model\":\"m\"}";

    @Test
    void theReliabilityFollowsTheSpread() {
        assertThat(FORMAT.row(ReliabilityRows.with(0.5)))
                .isEqualTo(START + ",\"score_interval\":[2.25,3.75],\"unfamiliar\":false,\"unfamiliarity\":0.5" + END);
        assertThat(FORMAT.row(ReliabilityRows.with(1.5))).contains("\"unfamiliar\":true,\"unfamiliarity\":1.5");
    }

    @Test
    void faultsFollow() {
        assertThat(FORMAT.row(ReliabilityRows.withFaults(
                        new Fault(FaultKind.BLUR, 0.75), new Fault(FaultKind.LOW_CONTRAST, 0.25))))
                .isEqualTo(START + ",\"faults\":[{\"kind\":\"blur\",\"strength\":0.75},"
                        + "{\"kind\":\"low-contrast\",\"strength\":0.25}]" + END);
        assertThat(FORMAT.row(ReliabilityRows.withFaults())).isEqualTo(START + ",\"faults\":[]" + END);
    }

    @Test
    void thereIsNoneWhereTheModelDoesNotTell() {
        assertThat(FORMAT.row(ReliabilityRows.without())).isEqualTo(START + END);
    }
}
