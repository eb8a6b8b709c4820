package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.contract.ScorerContract;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.nn.Engine;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network that gives the five logits itself. */
class CompactScorerTest extends ScorerContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path model;

    @BeforeAll
    static void writeModel() {
        CompactFiles.write(model.resolve("model"));
    }

    @Override
    protected Scorer open(Precision precision, int batch) {
        return Scorers.open(
                ModelSource.directory(model.resolve("model")),
                ScorerSettings.defaults().withPrecision(precision).withBatch(batch));
    }

    /** As the network shortens what is longer than 8192 pixels, an image of few pixels can have tiles. */
    @ParameterizedTest
    @CsvSource({
        "9000, 1, 18, 512, 1",
        "1, 9000, 18, 1, 512",
        "8192, 1, 1, 8192, 1",
        "513, 512, 2, 512, 512",
        "512, 512, 1, 512, 512",
        "2000, 131, 1, 2000, 131",
        "3000, 100, 6, 512, 100",
        "8, 8, 1, 8, 8"
    })
    void tilesFollowFromWhatTheNetworkTakes(int width, int height, int places, int tileWidth, int tileHeight) {
        try (Scorer scorer = open(Precision.FLOAT32, 1)) {
            RgbImage image = new RgbImage(width, height, new byte[width * height * RgbImage.CHANNELS]);
            DetailScore detail = scorer.scoreDetail(image, new DetailSettings(2, 0));

            assertThat(detail.places()).isEqualTo(places);
            assertThat(detail.tiles()).hasSize(Math.min(places, 2)).allSatisfy(tile -> {
                assertThat(tile.width()).isEqualTo(tileWidth);
                assertThat(tile.height()).isEqualTo(tileHeight);
                assertThat(tile.x()).isBetween(0, width - tileWidth);
                assertThat(tile.y()).isBetween(0, height - tileHeight);
            });
            assertThat(scorer.keepsScale(image)).isEqualTo(places == 1);
        }
    }

    @Override
    protected boolean makesMaps() {
        return true;
    }

    @Override
    protected boolean scoresDetail() {
        return true;
    }

    @Override
    protected boolean scoresTogether() {
        return Engine.equalRows();
    }
}
