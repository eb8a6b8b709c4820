package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.Span;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.QualityMap;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Maps of the small network, whose cells have 8 pixels in these tests. */
class WindowScoresTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BF16"})
    void theScoreBesideAMapIsTheScorersToTheLastBit(Precision precision) {
        try (Scorer scorer = open(precision)) {
            RgbImage image = image(300, 200);

            assertThat(scorer.scoreWithMap(image).quality()).isEqualTo(scorer.score(image));
        }
    }

    /** Those that are long are seen as 8192 pixels: 1024 cells, in windows of 16. */
    @ParameterizedTest
    @CsvSource({"128, 128", "97, 61", "128, 33", "20, 20", "1, 1", "3, 90", "9000, 2", "2, 9000", "200000, 1"})
    void aImageThatAWindowCoversHasItsOwnScoreEverywhereAlong(int width, int height) {
        try (Scorer scorer = open(Precision.FLOAT32)) {
            MappedScore mapped = scorer.scoreWithMap(image(width, height));
            QualityMap map = mapped.map();

            assertThat(map.columns()).hasSize(width <= 128 ? 1 : 1009);
            assertThat(map.rows()).hasSize(height <= 128 ? 1 : 1009);
            if (map.places().size() == 1) {
                assertThat(map.at(0, 0).score()).isCloseTo(mapped.quality().score(), within(1e-5));
                assertThat(map.region(0, 0)).isEqualTo(new QualityMap.Region(new Span(0, width), new Span(0, height)));
            }
        }
    }

    @Test
    void eachPlaceHasTheScoreOfItsWindow() {
        try (Scorer scorer = open(Precision.FLOAT32)) {
            RgbImage image = image(300, 200);
            QualityMap map = scorer.scoreWithMap(image).map();

            assertThat(map.columns()).hasSize(38 - 16 + 1).startsWith(new Span(0, 128), new Span(8, 136));
            assertThat(map.rows()).hasSize(25 - 16 + 1).endsWith(new Span(72, 200));
            assertThat(map.places().stream().map(QualityScore::score).distinct())
                    .hasSizeGreaterThan(200);
            assertThat(map.places())
                    .allSatisfy(place -> assertThat(place.score()).isBetween(1.0, 5.0));
        }
    }

    /** What is plain here stays plain through the trunk, but for a margin that its convolutions see beside it. */
    @Test
    void aChangeIsSeenWhereItIsAndNowhereElse() {
        try (Scorer scorer = open(Precision.FLOAT32)) {
            RgbImage image = image(400, 300);
            byte[] changed = image.samples().clone();
            for (int y = 0; y < 40; y++) {
                Arrays.fill(changed, y * 400 * 3, y * 400 * 3 + 40 * 3, (byte) 90);
            }
            QualityMap before = scorer.scoreWithMap(image).map();
            QualityMap after =
                    scorer.scoreWithMap(new RgbImage(400, 300, changed)).map();

            for (int row = 0; row < before.rows().size(); row++) {
                for (int column = 0; column < before.columns().size(); column++) {
                    double difference = Math.abs(before.at(row, column).score()
                            - after.at(row, column).score());
                    double top = before.rows().get(row).start();
                    double left = before.columns().get(column).start();
                    if (top < 32 && left < 32) {
                        assertThat(difference).as("%s, %s", top, left).isGreaterThan(1e-5);
                    }
                    if (top > 90 || left > 90) {
                        assertThat(difference).as("%s, %s", top, left).isLessThan(1e-5);
                    }
                }
            }
        }
    }

    @Test
    void aShrunkImagesMapIsInItsOwnPixels() {
        try (Scorer scorer = open(Precision.FLOAT32)) {
            QualityMap map = scorer.scoreWithMap(image(2048, 2048)).map(); // seen as 512 × 512

            assertThat(map.width()).isEqualTo(2048);
            assertThat(map.columns()).hasSize(64 - 16 + 1).startsWith(new Span(0, 512), new Span(32, 544));
            assertThat(map.rows().get(48)).isEqualTo(new Span(48 * 32, 2048));
        }
    }

    @Test
    void aNetworkThatSeesImagesAsAWholeHasNoMap() {
        try (Scorer scorer =
                Scorers.open(ModelSource.directory(GoldenModel.mini().directory()))) {
            assertThat(scorer.supportsMaps()).isFalse();
            assertThatThrownBy(() -> scorer.scoreWithMap(image(40, 40)))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageEndingWith(": this model scores images only as a whole; open a small network for maps");
        }
    }

    @Test
    void aClosedScorerGivesNoMap() {
        Scorer scorer = open(Precision.FLOAT32);
        scorer.close();

        assertThatThrownBy(() -> scorer.scoreWithMap(image(40, 40)))
                .isInstanceOf(ScorerClosedException.class)
                .hasMessageEndingWith(": this scorer is closed");
    }

    private Scorer open(Precision precision) {
        return Scorers.open(
                ModelSource.directory(CompactFiles.write(folder.resolve("compact" + precision))),
                ScorerSettings.defaults().withPrecision(precision));
    }

    private static RgbImage image(int width, int height) {
        byte[] samples = new byte[width * height * 3];
        new SplittableRandom(width).nextBytes(samples);
        return new RgbImage(width, height, samples);
    }
}
