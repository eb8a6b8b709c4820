package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.reliability.FaultFile;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.FaultKind;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.score.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The faults that a small network sees, where its files tell. */
class ScoresWithFaultsTest {
    private static final RgbImage IMAGE = image();

    @TempDir
    Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void write() {
        model = CompactFiles.write(folder.resolve("model"));
        CompactFiles.writeFaults(model);
    }

    @Test
    void wholeImagesHaveFaultsAndPlacesOfAMapHaveNone() {
        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            MappedScore mapped = scorer.scoreWithMap(IMAGE);

            assertThat(scorer.score(IMAGE).faults()).hasValue(List.of(new Fault(FaultKind.BANDING, 0.5)));
            assertThat(mapped.quality().faults()).isEqualTo(scorer.score(IMAGE).faults());
            assertThat(mapped.map().places())
                    .allSatisfy(place -> assertThat(place.faults()).isEmpty());
        }
    }

    @Test
    void scoresAreTheSameBitsWithThemAsWithout() throws IOException {
        QualityScore with = score();
        Files.delete(model.resolve(FaultFile.NAME));
        QualityScore without = score();

        assertThat(with).isEqualTo(without);
        assertThat(without.faults()).isEmpty();
    }

    @Test
    void theReliabilityComesWithThem() {
        CompactFiles.writeReliability(model, 1000);

        assertThat(score().reliability()).isPresent();
        assertThat(score().faults()).isPresent();
    }

    @Test
    void noneIsNamedInWhatIsUnlikePhotographs() {
        RgbImage flat = new RgbImage(300, 200, new byte[300 * 200 * RgbImage.CHANNELS]);
        assertThat(score(flat).faults().orElseThrow()).hasSize(1);

        CompactFiles.writeReliability(model);
        assertThat(score(flat).faults()).isEmpty();
    }

    @Test
    void aScorerSaysWhetherItNamesFaults() throws IOException {
        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            assertThat(scorer.namesFaults()).isTrue();
        }
        Files.delete(model.resolve(FaultFile.NAME));
        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            assertThat(scorer.namesFaults()).isFalse();
        }
    }

    /** A tile of strong noise is as far from photographs as a drawing. */
    @Test
    void unfamiliarTilesHaveFaultsButForDrawnOnes() {
        CompactFiles.writeReliability(model);
        byte[] samples = new byte[1024 * 512 * RgbImage.CHANNELS];
        new SplittableRandom(1).nextBytes(samples);
        for (int y = 0; y < 512; y++) {
            for (int x = 512; x < 1024; x++) {
                Arrays.fill(
                        samples, (y * 1024 + x) * 3, (y * 1024 + x) * 3 + 3, (byte) (x / 100 % 2 * y / 100 % 2 * 200));
            }
        }
        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            List<Tile> tiles = scorer.scoreDetail(new RgbImage(1024, 512, samples), DetailSettings.defaults())
                    .tiles();
            assertThat(tiles).hasSize(2);
            assertThat(tiles.get(0).quality().faults()).hasValue(List.of(new Fault(FaultKind.BANDING, 0.5)));
            assertThat(tiles.get(1).quality().faults()).isEmpty();
        }
    }

    @Test
    void tilesHaveFaultsOfTheirOwn() {
        byte[] samples = new byte[600 * 600 * RgbImage.CHANNELS];
        new SplittableRandom(1).nextBytes(samples);
        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            DetailScore detail = scorer.scoreDetail(new RgbImage(600, 600, samples), DetailSettings.defaults());
            DetailScore whole = scorer.scoreDetail(IMAGE, DetailSettings.defaults());

            assertThat(detail.tiles()).hasSize(4).allSatisfy(tile -> {
                assertThat(tile.quality().faults()).hasValue(List.of(new Fault(FaultKind.BANDING, 0.5)));
                assertThat(tile.quality().reliability()).isEmpty();
            });
            assertThat(detail.quality().faults()).isEmpty();
            assertThat(whole.worst().quality().faults())
                    .isEqualTo(scorer.score(IMAGE).faults());
            assertThat(whole.quality().faults()).isEmpty();
        }
    }

    @Test
    void aMalformedFileIsNamed() throws IOException {
        Files.write(model.resolve(FaultFile.NAME), new byte[3]);

        assertThatThrownBy(this::score)
                .isInstanceOf(ModelLoadException.class)
                .hasMessageStartingWith(model.resolve(FaultFile.NAME) + ": ");
    }

    private QualityScore score() {
        return score(IMAGE);
    }

    private QualityScore score(RgbImage image) {
        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            return scorer.score(image);
        }
    }

    private static RgbImage image() {
        byte[] samples = new byte[300 * 200 * RgbImage.CHANNELS];
        new SplittableRandom(1).nextBytes(samples);
        return new RgbImage(300, 200, samples);
    }
}
