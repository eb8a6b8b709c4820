package io.github.deqa4j.torch.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.Version;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.GoldenModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScorerTest {
    private static final double TOLERANCE = 1e-5;

    @Test
    void scoresOfTheMiniModelEqualTheAuthors() {
        compareScores(GoldenModel.mini());
    }

    @Test
    void scoresOfTheExternalModelsEqualTheAuthors() {
        assertThat(GoldenModel.external()).isNotEmpty().allSatisfy(TorchScorerTest::compareScores);
    }

    @Test
    void mergedAdapterOfTheMiniModelEqualsTheAuthors() {
        compareAdapter(Golden.mini().resolve("model-lora"), GoldenModel.mini());
    }

    @Test
    void mergedAdapterOfTheTinyModelEqualsTheAuthors() {
        compareAdapter(
                Golden.external("models/tiny-lora"),
                new GoldenModel("tiny", Golden.external("models/tiny"), Golden.external("images")));
    }

    @Test
    void whatGivesTheScoresIsTold() {
        Path model = GoldenModel.mini().directory();
        ScorerSettings settings = ScorerSettings.of(model);
        ModelInfo info = TorchScorer.identify(settings, bytes -> {});

        assertThat(info)
                .isEqualTo(new ModelInfo(
                        model.toString(), "mplug_owl2", info.sha256(), "float32", "scorer", false, Version.current()));
        ModelInfo other = TorchScorer.identify(
                settings.withPrecision(Precision.BF16)
                        .withPrompt(Prompt.EVALUATION)
                        .withReader(ReaderSettings.standard().withApplyExifOrientation(true)),
                bytes -> {});
        assertThat(other)
                .isEqualTo(new ModelInfo(
                        model.toString(), "mplug_owl2", info.sha256(), "bf16", "evaluation", true, Version.current()));
    }

    @Test
    void weightsThatDoNotFitAreRefusedBeforeTheyAreRead(@TempDir Path folder) throws IOException {
        Path mini = GoldenModel.mini().directory();
        for (String name : List.of("model.safetensors", "preprocessor_config.json")) {
            Files.copy(mini.resolve(name), folder.resolve(name));
        }
        String config = Files.readString(mini.resolve("config.json"));
        Files.writeString(folder.resolve("config.json"), config.replace("\"vocab_size\": 448", "\"vocab_size\": 449"));
        ScorerSettings settings = ScorerSettings.of(folder);
        assertThatThrownBy(() -> TorchScorer.identify(settings, bytes -> {
                    throw new AssertionError("weights were about to be read");
                }))
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining("lm_head.weight");
    }

    @Test
    void aBatchScoresAsItsImagesDoAlone() {
        try (Scorer scorer = TorchScorer.open(GoldenModel.mini().directory())) {
            List<RgbImage> images = GoldenModel.mini().imageFiles().stream()
                    .map(scorer.reader()::read)
                    .toList();
            List<QualityScore> alone = images.stream().map(scorer::score).toList();

            assertThat(scorer.scoreAll(images)).isEqualTo(alone);
            assertThat(scorer.scoreAll(List.of())).isEmpty();
        }
    }

    @Test
    void twoScorersGiveTheSameBits() {
        assertThat(scores(ScorerSettings.of(GoldenModel.mini().directory())))
                .isEqualTo(scores(ScorerSettings.of(GoldenModel.mini().directory())));
    }

    @Test
    void manyThreadsMayShareAScorer() {
        Path image = GoldenModel.mini().imageFiles().get(0);
        try (Scorer scorer = TorchScorer.open(GoldenModel.mini().directory())) {
            QualityScore expected = scorer.score(image);
            List<QualityScore> found = IntStream.range(0, 64)
                    .parallel()
                    .mapToObj(i -> scorer.score(image))
                    .toList();

            assertThat(found).hasSize(64).containsOnly(expected);
        }
    }

    @Test
    void pathBytesAndBufferedImageAreOneImage() throws IOException {
        Path image = GoldenModel.mini().imageFiles().get(0);
        try (Scorer scorer = TorchScorer.open(GoldenModel.mini().directory())) {
            QualityScore expected = scorer.score(image);

            assertThat(scorer.score(Files.readAllBytes(image))).isEqualTo(expected);
            assertThat(scorer.score(ImageIO.read(image.toFile()))).isEqualTo(expected);
        }
    }

    @Test
    void bf16StaysNearFloat32() {
        ScorerSettings settings = ScorerSettings.of(GoldenModel.mini().directory());
        List<QualityScore> exact = scores(settings);
        List<QualityScore> rough = scores(settings.withPrecision(Precision.BF16));

        for (int i = 0; i < exact.size(); i++) {
            assertThat(rough.get(i).score()).isCloseTo(exact.get(i).score(), within(0.1));
        }
        assertThat(rough).isNotEqualTo(exact);
    }

    @Test
    void aClosedScorerSaysSo() {
        Scorer scorer = TorchScorer.open(GoldenModel.mini().directory());
        scorer.close();
        scorer.close();

        assertThatThrownBy(() -> scorer.score(GoldenModel.mini().imageFiles().get(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this scorer is closed");
    }

    private static void compareScores(GoldenModel golden) {
        Map.of("scorer", Prompt.SCORER, "evaluation", Prompt.EVALUATION)
                .forEach((name, prompt) -> compare(
                        golden,
                        scores(ScorerSettings.of(golden.directory()).withPrompt(prompt), golden.imageFiles()),
                        golden.expected().get(name + ".level_probs"),
                        golden.expected().get(name + ".score")));
    }

    private static void compareAdapter(Path adapter, GoldenModel base) {
        JsonNode expected = Golden.json(adapter.resolve("expected.json"));
        GoldenModel golden = new GoldenModel(base.name() + "-lora", adapter, base.images());
        List<QualityScore> found = scores(ScorerSettings.of(adapter).withBase(base.directory()), golden.imageFiles());

        compare(golden, found, expected.get("level_probs"), expected.get("score"));
    }

    private static void compare(GoldenModel golden, List<QualityScore> found, JsonNode probabilities, JsonNode scores) {
        assertThat(found).hasSize(scores.size());
        for (int i = 0; i < found.size(); i++) {
            QualityScore quality = found.get(i);
            assertThat(quality.score())
                    .as("%s, %d", golden, i)
                    .isCloseTo(scores.get(i).doubleValue(), within(TOLERANCE));
            assertThat(quality.probabilities().toArray())
                    .as("%s, %d", golden, i)
                    .containsExactly(Golden.doubles(probabilities.get(i)), within(TOLERANCE));
        }
    }

    private static List<QualityScore> scores(ScorerSettings settings) {
        return scores(settings, GoldenModel.mini().imageFiles());
    }

    private static List<QualityScore> scores(ScorerSettings settings, List<Path> images) {
        try (Scorer scorer = TorchScorer.open(settings)) {
            return images.stream().map(scorer::score).toList();
        }
    }
}
