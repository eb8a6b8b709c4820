package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.reliability.Familiarity;
import io.github.deqa4j.reliability.IntervalTable;
import io.github.deqa4j.reliability.ReliabilityFile;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How far the scores of a small network can be relied on, where its files tell. */
class ReliableScoresTest {
    @TempDir
    Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void write() {
        model = CompactFiles.write(folder.resolve("model"));
        CompactFiles.writeReliability(model);
    }

    @Test
    void theReliabilityFollowsFromTheScoreAndFromWhatTheHeadReads() {
        RgbImage image = image(300, 200, 1);
        float[] statistics = statistics(image);
        QualityScore quality = score(image, Precision.FLOAT32, 1);

        Reliability reliability = quality.reliability().orElseThrow();
        double square = 0;
        for (int i = 1; i < statistics.length; i++) {
            square += Math.pow(Math.log(statistics[i] + 0.01), 2);
        }
        double unfamiliarity = Math.sqrt(square) / 10 * Math.pow(300 * 200 / 262144.0, 1.0 / 8);
        double below = 0.5 + (quality.score() - 1) / 8;
        double widening = Math.max(1, unfamiliarity);
        assertThat(reliability.unfamiliarity()).isCloseTo(unfamiliarity, within(1e-5));
        assertThat(reliability.interval().low())
                .isCloseTo(Math.max(1, quality.score() - widening * below), within(1e-5));
        assertThat(reliability.interval().high())
                .isCloseTo(Math.min(5, quality.score() + widening * 0.25), within(1e-5));
        assertThat(reliability.interval().coverage()).isEqualTo(0.8);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BF16"})
    void scoresAreTheSameBitsWithItAsWithout(Precision precision) throws IOException {
        RgbImage image = image(300, 200, 1);
        QualityScore with = score(image, precision, 1);

        Files.delete(model.resolve(ReliabilityFile.NAME));
        QualityScore without = score(image, precision, 1);

        assertThat(with).isEqualTo(without);
        assertThat(without.reliability()).isEmpty();
    }

    @Test
    void bf16IsAlmostAsFamiliar() {
        RgbImage image = image(300, 200, 1);
        double exact = unfamiliarity(score(image, Precision.FLOAT32, 1));

        assertThat(unfamiliarity(score(image, Precision.BF16, 1))).isCloseTo(exact, within(0.02 * exact));
    }

    @Test
    void eachImageOfABatchHasItsOwn() {
        List<RgbImage> images =
                IntStream.range(0, 5).mapToObj(i -> image(97, 80, i)).toList();
        List<Double> alone = images.stream()
                .map(image -> unfamiliarity(score(image, Precision.FLOAT32, 1)))
                .toList();

        assertThat(alone).doesNotHaveDuplicates();
        try (Scorer scorer = open(Precision.FLOAT32, Engine.equalRows() ? 2 : 1)) {
            List<QualityScore> together = scorer.scoreAll(images);
            for (int i = 0; i < images.size(); i++) {
                assertThat(unfamiliarity(together.get(i))).isCloseTo(alone.get(i), within(1e-5));
            }
        }
    }

    @Test
    void theWholeOfAMapHasItAndItsPlacesHaveNone() {
        RgbImage image = image(300, 200, 1);
        try (Scorer scorer = open(Precision.FLOAT32, 1)) {
            MappedScore mapped = scorer.scoreWithMap(image);

            assertThat(mapped.quality().reliability())
                    .isEqualTo(scorer.score(image).reliability())
                    .isPresent();
            assertThat(mapped.map().places())
                    .allSatisfy(place -> assertThat(place.reliability()).isEmpty());
        }
    }

    @Test
    void anIconIsUnfamiliarByItsSize() {
        assertThat(unfamiliarity(score(image(8, 100, 1), Precision.FLOAT32, 1))).isGreaterThanOrEqualTo(8);
    }

    @Test
    void aFileThatDoesNotFitIsNamed() {
        new ReliabilityFile(
                        new IntervalTable(0.8f, new float[] {3}, new float[] {1}, new float[] {1}),
                        new Familiarity(new float[3], new float[] {1, 0, 0}, 1))
                .write(model.resolve(ReliabilityFile.NAME));

        assertThatThrownBy(() -> open(Precision.FLOAT32, 1))
                .isInstanceOf(ModelLoadException.class)
                .hasMessage(model.resolve(ReliabilityFile.NAME)
                        + ": the tensor familiarity.mean has the shape [3] instead of [40]");
    }

    @Test
    void aFileThatIsNoneIsNamed() throws IOException {
        Files.writeString(model.resolve(ReliabilityFile.NAME), "no tensors");

        assertThatThrownBy(() -> open(Precision.FLOAT32, 1))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageStartingWith(model.resolve(ReliabilityFile.NAME) + ": ");
    }

    private static double unfamiliarity(QualityScore quality) {
        return quality.reliability().orElseThrow().unfamiliarity();
    }

    private QualityScore score(RgbImage image, Precision precision, int batch) {
        try (Scorer scorer = open(precision, batch)) {
            return scorer.score(image);
        }
    }

    private Scorer open(Precision precision, int batch) {
        return Scorers.open(
                ModelSource.directory(model),
                ScorerSettings.defaults().withPrecision(precision).withBatch(batch));
    }

    private float[] statistics(RgbImage image) {
        NetworkArchitecture architecture =
                NetworkArchitecture.of(ModelFiles.open(Optional.of(model), Optional.empty(), Optional.empty()));
        NetworkSettings settings = new NetworkSettings(
                Optional.empty(), Prompt.SCORER, Precision.FLOAT32, Device.CPU, new RandomStream(0));
        try (LevelNetwork network = architecture.load(settings);
                NativeScope scope = NativeScope.inference()) {
            return Tensors.toFloats(
                    network.answer(LevelNetwork.batch(List.of(network.view().pixels(image))))
                            .statistics()
                            .orElseThrow());
        }
    }

    private static RgbImage image(int width, int height, int seed) {
        byte[] samples = new byte[width * height * 3];
        new SplittableRandom(seed).nextBytes(samples);
        return new RgbImage(width, height, samples);
    }
}
