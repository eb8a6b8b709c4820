package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.FaultKind;
import io.github.deqa4j.score.View;
import org.junit.jupiter.api.Test;

class CsvFormatTest {
    private static final CsvFormat FORMAT = new CsvFormat(false, "model=m", View.WHOLE);
    private static final String START = "a.png," + ReliabilityRows.SCORE.score() + "," + ReliabilityRows.SCORE.std();
    private static final String END = "0.2,0.2,0.2,0.2,0.2,40,30,2.5,,model=m";

    @Test
    void theIntervalFollowsTheSpread() {
        assertThat(FORMAT.header())
                .isEqualTo(
                        "path,score,std,interval_low,interval_high,unfamiliar,fault,fault_strength,second_fault,second_fault_strength,excellent,good,fair,poor,bad,width,height,"
                                + "ms,error,model\n");
        assertThat(FORMAT.row(ReliabilityRows.with(0.5))).isEqualTo(START + ",2.25,3.75,false,,,,," + END);
        assertThat(FORMAT.row(ReliabilityRows.with(1.5))).contains(",2.25,3.75,true,");
    }

    @Test
    void theFaultsFollowTheLikeliestFirst() {
        Fault blur = new Fault(FaultKind.BLUR, 0.75);
        Fault pale = new Fault(FaultKind.UNDERSATURATION, 0.25);

        assertThat(FORMAT.row(ReliabilityRows.withFaults(blur, pale)))
                .isEqualTo(START + ",,,,blur,0.75,undersaturation,0.25," + END);
        assertThat(FORMAT.row(ReliabilityRows.withFaults(blur))).isEqualTo(START + ",,,,blur,0.75,,," + END);
        assertThat(FORMAT.row(ReliabilityRows.withFaults())).isEqualTo(START + ",,,,,,,," + END);
    }

    @Test
    void cellsAreBlankWhereTheModelDoesNotTell() {
        assertThat(FORMAT.row(ReliabilityRows.without())).isEqualTo(START + ",,,,,,,," + END);
    }
}
