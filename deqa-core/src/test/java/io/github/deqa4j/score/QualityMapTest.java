package io.github.deqa4j.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityMapTest {
    private static final List<Span> COLUMNS = List.of(new Span(0, 4), new Span(2, 6), new Span(4, 7));
    private static final List<Span> ROWS = List.of(new Span(0, 4), new Span(2, 5));
    private static final List<QualityScore> PLACES = List.of(sure(5), sure(4), sure(3), sure(2), sure(4), sure(4));

    @Test
    void placesStandRowByRow() {
        QualityMap map = new QualityMap(7, 5, COLUMNS, ROWS, PLACES);

        assertThat(map.at(0, 2).score()).isEqualTo(3);
        assertThat(map.at(1, 0).score()).isEqualTo(2);
        assertThat(map.region(1, 2)).isEqualTo(new QualityMap.Region(new Span(4, 7), new Span(2, 5)));
        assertThat(map.best()).isEqualTo(5);
        assertThat(map.worst()).isEqualTo(2);
    }

    @Test
    void aMapThatDoesNotFitItsImageIsRefused() {
        assertThatThrownBy(() -> new QualityMap(6, 5, COLUMNS, ROWS, PLACES))
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        "the columns of a map have Span[start=4.0, end=7.0] after a middle of 4.0; each lies within the "
                                + "image's 6 pixels and after the one before it");
        assertThatThrownBy(() -> new QualityMap(7, 5, COLUMNS, List.of(ROWS.get(1), ROWS.get(0)), PLACES))
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith("the rows of a map have Span[start=0.0, end=4.0] after a middle of 3.5");
        assertThatThrownBy(() -> new QualityMap(7, 5, List.of(), ROWS, List.of()))
                .hasMessage("a map has no columns; it needs at least one");
        assertThatThrownBy(() -> new QualityMap(7, 5, COLUMNS, ROWS, PLACES.subList(0, 5)))
                .hasMessage("a map of 2 rows and 3 columns cannot have 5 scores; it has one for each place");
    }

    @Test
    void anEmptyStretchIsRefused() {
        for (double end : new double[] {2, 1, Double.NaN}) {
            assertThatThrownBy(() -> new Span(2, end)).isInstanceOf(DeqaException.class);
        }
        assertThatThrownBy(() -> new Span(-1, 1))
                .hasMessage("a stretch of an image from -1.0 to 1.0; it must satisfy 0 ≤ start < end");
    }

    private static QualityScore sure(int value) {
        double[] logits = new double[5];
        logits[5 - value] = 1000;
        return new QualityScore(LevelLogits.of(logits));
    }
}
