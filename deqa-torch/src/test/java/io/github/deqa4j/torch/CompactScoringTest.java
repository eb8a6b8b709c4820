package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small network through the scorer of every network. */
class CompactScoringTest {
    private static final List<RgbImage> IMAGES = Stream.of(
                    image(60, 45), image(45, 60), image(60, 45), image(1, 1), image(900, 700), image(9000, 2))
            .toList();

    @TempDir
    Path folder;

    @Test
    void imagesOfAnyShapeAreScoredAloneAsTogether() {
        try (Scorer scorer = Scorers.open(ModelSource.directory(model()))) {
            List<QualityScore> alone = IMAGES.stream().map(scorer::score).toList();

            assertThat(scorer.scoreAll(IMAGES)).isEqualTo(alone);
            assertThat(alone.stream().map(QualityScore::score).distinct()).hasSizeGreaterThan(4);
        }
    }

    @Test
    void bf16StaysNearFloat32() {
        ModelSource source = ModelSource.directory(model());
        try (Scorer exact = Scorers.open(source);
                Scorer rough = Scorers.open(source, ScorerSettings.defaults().withPrecision(Precision.BF16))) {
            RgbImage image = IMAGES.get(0);

            assertThat(rough.score(image).score()).isCloseTo(exact.score(image).score(), within(0.05));
            assertThat(rough.score(image)).isNotEqualTo(exact.score(image));
        }
    }

    @Test
    void aTensorThatDoesNotFitIsNamed() throws IOException {
        Path model = model();
        Path config = model.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"hidden_size\" : 256", "\"hidden_size\" : 255"));

        assertThatThrownBy(() -> Scorers.open(ModelSource.directory(model)))
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith(
                        model + ": the tensors do not fit config.json: 3 of the wrong shape (head.fc1.bias")
                .hasMessageContaining("head.fc1.bias [256] instead of [255]");
    }

    private Path model() {
        return CompactFiles.write(folder.resolve("compact"));
    }

    private static RgbImage image(int width, int height) {
        byte[] samples = new byte[width * height * 3];
        new SplittableRandom(width).nextBytes(samples);
        return new RgbImage(width, height, samples);
    }
}
