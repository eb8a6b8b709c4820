package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.FaultKind;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Tile;
import java.util.List;
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
    void theFaultsOfTheWorstTileFollowItsPlace() {
        QualityScore score = ReliabilityRows.without().score();
        Tile good = new Tile(0, 0, 512, 512, score);
        Tile noisy = new Tile(512, 0, 512, 512, score.withFaults(List.of(new Fault(FaultKind.NOISE, 0.9))));

        assertThat(new TableFormat(LAYOUT, Optional.empty()).row(detailed(score, noisy, good)))
                .endsWith("20%  detail 3.00, worst 3.00 at 512,0: noise 0.9");
        assertThat(new TableFormat(LAYOUT, Optional.empty()).row(detailed(score, good, noisy)))
                .endsWith("20%  detail 3.00, worst 3.00 at 0,0");
    }

    private static ScoreRow detailed(QualityScore score, Tile... tiles) {
        return ScoreRow.scored("a.png", score, Optional.of(DetailScore.of(List.of(tiles), 6, 0)), 3000, 2000, 2.5);
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
