package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.FaultKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableFormatTest {
    private static final RowFormat.TableLayout LAYOUT = new RowFormat.TableLayout(12);

    @Test
    void theIntervalHasAColumnNamedByItsCoverage() {
        TableFormat format = new TableFormat(LAYOUT, Optional.of(0.9));

        assertThat(format.header())
                .isEqualTo("image         score   std     90 %  excellent  good  fair  poor   bad\n");
        assertThat(format.row(ReliabilityRows.with(0.5)))
                .isEqualTo("a.png         3.000  1.41  2.3–3.8        20%   20%   20%   20%   20%")
                .hasSize(12 + TableFormat.numberColumns(true));
    }

    @Test
    void anUnfamiliarImageIsCalledSo() {
        assertThat(new TableFormat(LAYOUT, Optional.of(0.9)).row(ReliabilityRows.with(1.5)))
                .endsWith("2.3–3.8        20%   20%   20%   20%   20%  unfamiliar");
    }

    @Test
    void faultsEndTheLine() {
        TableFormat format = new TableFormat(LAYOUT, Optional.empty());

        assertThat(format.row(
                        ReliabilityRows.withFaults(new Fault(FaultKind.BLUR, 0.72), new Fault(FaultKind.JPEG, 0.2))))
                .endsWith("20%  blur 0.7, jpeg 0.2");
        assertThat(format.row(ReliabilityRows.withFaults())).endsWith("20%");
    }

    @Test
    void aModelWithoutIntervalsHasNoSuchColumn() {
        TableFormat format = new TableFormat(LAYOUT, Optional.empty());

        assertThat(format.header()).isEqualTo("image         score   std  excellent  good  fair  poor   bad\n");
        assertThat(format.row(ReliabilityRows.without()))
                .isEqualTo("a.png         3.000  1.41        20%   20%   20%   20%   20%")
                .hasSize(12 + TableFormat.numberColumns(false));
    }
}
