package io.github.deqa4j.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.InvalidInputException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.image.RgbImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetailScoreTest {
    private static final QualityScore GOOD = new QualityScore(new LevelLogits(3, 2, 1, 0, -1));
    private static final QualityScore BAD = new QualityScore(new LevelLogits(-2, -1, 0, 1.5, 3));
    private static final QualityScore CERTAIN = new QualityScore(new LevelLogits(2000, 0, 0, 0, 0));

    @Test
    void theScoreIsTheMeanOfTheTiles() {
        DetailScore detail = DetailScore.of(List.of(tile(0, GOOD), tile(512, BAD), tile(1024, GOOD)), 20, 4);

        assertThat(detail.quality().score()).isCloseTo((2 * GOOD.score() + BAD.score()) / 3, within(1e-12));
        assertThat(detail.quality().probabilities().bad())
                .isCloseTo((2 * GOOD.probabilities().bad() + BAD.probabilities().bad()) / 3, within(1e-12));
        assertThat(detail.places()).isEqualTo(20);
        assertThat(detail.flat()).isEqualTo(4);
    }

    @Test
    void aLevelOfNoTileHasAFiniteLogit() {
        QualityScore mean = DetailScore.of(List.of(tile(0, CERTAIN), tile(512, CERTAIN)), 2, 0)
                .quality();

        assertThat(mean.probabilities().excellent()).isEqualTo(1);
        assertThat(mean.score()).isEqualTo(5);
    }

    @Test
    void theScoreOfOneTileIsItsOwnToTheLastBit() {
        assertThat(DetailScore.of(List.of(tile(0, BAD)), 9, 8).quality()).isEqualTo(BAD);
    }

    @Test
    void theWorstIsTheFirstOfEquals() {
        DetailScore detail =
                DetailScore.of(List.of(tile(0, GOOD), tile(512, BAD), tile(1024, BAD), tile(1536, GOOD)), 4, 0);

        assertThat(detail.worst()).isEqualTo(tile(512, BAD));
    }

    @Test
    void anImageAtItsOwnScaleIsItsOnlyTile() {
        DetailScore detail = DetailScore.ofWhole(new RgbImage(4, 2, new byte[24]), GOOD);

        assertThat(detail).isEqualTo(new DetailScore(GOOD, List.of(new Tile(0, 0, 4, 2, GOOD)), 1, 0));
    }

    @Test
    void noTilesAreRefused() {
        assertThatThrownBy(() -> DetailScore.of(List.of(), 1, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("a score of tiles needs at least one tile");
        assertThatThrownBy(() -> new DetailScore(GOOD, List.of(), 1, 1)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3, 4097})
    void aNumberOfTilesOutOfItsRangeIsRefused(int tiles) {
        assertThatThrownBy(() -> DetailSettings.defaults().withTiles(tiles))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        e -> assertThat(e.setting()).contains("tiles"))
                .hasMessage("tiles is " + tiles + "; it must be from 1 to 4096");
    }

    @Test
    void settingsAreChangedOneByOne() {
        assertThat(DetailSettings.defaults()).isEqualTo(new DetailSettings(8, 0));
        assertThat(DetailSettings.defaults().withTiles(4096).withSeed(-7)).isEqualTo(new DetailSettings(4096, -7));
        assertThat(DetailSettings.defaults().withSeed(5).withTiles(1)).isEqualTo(new DetailSettings(1, 5));
    }

    @ParameterizedTest
    @EnumSource
    void aViewIsNamedInAnyCase(View view) {
        assertThat(View.parse(view.toString())).isEqualTo(view);
        assertThat(View.parse(view.name())).isEqualTo(view);
    }

    @Test
    void anotherViewIsRefused() {
        assertThatThrownBy(() -> View.parse("zoom"))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        e -> assertThat(e.setting()).contains("view"))
                .hasMessage("the view \"zoom\" is unknown; use whole, detail or both");
    }

    private static Tile tile(int x, QualityScore quality) {
        return new Tile(x, 0, 512, 512, quality);
    }
}
