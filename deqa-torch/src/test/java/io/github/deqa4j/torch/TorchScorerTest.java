package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.Version;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
        ModelSource source = ModelSource.directory(model);
        ModelInfo info = Scorers.identify(source, ScorerSettings.defaults(), bytes -> {});

        assertThat(info)
                .isEqualTo(new ModelInfo(
                        model.toString(), "mplug_owl2", info.sha256(), "float32", "scorer", false, Version.current()));
        ScorerSettings settings = ScorerSettings.defaults()
                .withPrecision(Precision.BF16)
                .withPrompt(Prompt.EVALUATION)
                .withExif(true);
        try (Scorer scorer = Scorers.open(source, settings)) {
            assertThat(scorer.model()).isEqualTo(Scorers.identify(source, settings, bytes -> {}));
            assertThat(scorer.model()).isSameAs(scorer.model());
        }
        ModelInfo other = Scorers.identify(source, settings, bytes -> {});
        assertThat(other.lowestScore()).isEqualTo(1);
        assertThat(other.highestScore()).isEqualTo(5);
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
        ModelSource source = ModelSource.directory(folder);
        assertThatThrownBy(() -> Scorers.identify(source, ScorerSettings.defaults(), bytes -> {
                    throw new AssertionError("weights were about to be read");
                }))
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining("lm_head.weight");
    }

    @Test
    void aLargeNetworkIsNotAskedForDetailSinceItResizesEveryImage() {
        Path model = GoldenModel.mini().directory();
        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            assertThatThrownBy(() -> scorer.scoreDetail(new RgbImage(8, 8, new byte[192]), DetailSettings.defaults()))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessage(model
                            + ": this model resizes every image to one size and cannot see it at its own scale; set the"
                            + " view to whole or open a small network");
        }
    }

    @Test
    void aBatchScoresAsItsImagesDoAlone() {
        try (Scorer scorer =
                Scorers.open(ModelSource.directory(GoldenModel.mini().directory()))) {
            List<RgbImage> images = GoldenModel.mini().imageFiles().stream()
                    .map(file -> scorer.decode(EncodedImage.of(file)))
                    .toList();
            List<QualityScore> alone = images.stream().map(scorer::score).toList();

            assertThat(scorer.scoreAll(images)).isEqualTo(alone);
            assertThat(scorer.scoreAll(List.of())).isEmpty();
        }
    }

    @Test
    void twoScorersGiveTheSameBits() {
        assertThat(scores(ModelSource.directory(GoldenModel.mini().directory())))
                .isEqualTo(scores(ModelSource.directory(GoldenModel.mini().directory())));
    }

    @Test
    void manyThreadsMayShareAScorer() {
        Path image = GoldenModel.mini().imageFiles().get(0);
        try (Scorer scorer =
                Scorers.open(ModelSource.directory(GoldenModel.mini().directory()))) {
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
        try (Scorer scorer =
                Scorers.open(ModelSource.directory(GoldenModel.mini().directory()))) {
            QualityScore expected = scorer.score(image);

            assertThat(scorer.score(EncodedImage.of(Files.readAllBytes(image), "upload.png")))
                    .isEqualTo(expected);
            assertThat(scorer.score(ImageIO.read(image.toFile()))).isEqualTo(expected);
        }
    }

    @Test
    void bf16StaysNearFloat32() {
        ModelSource source = ModelSource.directory(GoldenModel.mini().directory());
        List<QualityScore> exact = scores(source);
        List<QualityScore> rough = scores(
                source,
                ScorerSettings.defaults().withPrecision(Precision.BF16),
                GoldenModel.mini().imageFiles());

        for (int i = 0; i < exact.size(); i++) {
            assertThat(rough.get(i).score()).isCloseTo(exact.get(i).score(), within(0.1));
        }
        assertThat(rough).isNotEqualTo(exact);
    }

    @Test
    void aModelWhoseFilesHaveChangedIsNotNamed(@TempDir Path folder) throws IOException {
        Path model = CompactFiles.write(folder.resolve("model"));
        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            Files.writeString(model.resolve("config.json"), "\n", StandardOpenOption.APPEND);

            assertThatThrownBy(scorer::model)
                    .isInstanceOf(ModelLoadException.class)
                    .hasMessage(model + ": files of this model have changed since it was opened; open it again");
        }
    }

    @Test
    void otherFilesMayComeAndGo(@TempDir Path folder) throws IOException {
        Path model = CompactFiles.write(folder.resolve("model"));
        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            Files.writeString(model.resolve("scores.jsonl"), "{}");

            assertThat(scorer.model().kind()).isEqualTo("deqa_compact");
        }
    }

    @Test
    void whatAnotherScorerPreparedIsPreparedAgain(@TempDir Path folder) {
        RgbImage image = new RgbImage(60, 40, new byte[3 * 60 * 40]);
        try (Scorer small = Scorers.open(ModelSource.directory(CompactFiles.write(folder.resolve("model"))));
                Scorer large =
                        Scorers.open(ModelSource.directory(GoldenModel.mini().directory()))) {
            assertThat(large.scorePrepared(List.of(small.prepare(image)))).containsExactly(large.score(image));
            assertThat(small.scorePrepared(List.of(large.prepare(image)))).containsExactly(small.score(image));
        }
    }

    @Test
    void imagesAboveTheLimitAreTooLarge() {
        ScorerSettings settings = ScorerSettings.defaults().withMaxPixels(100);
        try (Scorer scorer =
                Scorers.open(ModelSource.directory(GoldenModel.mini().directory()), settings)) {
            Path image = GoldenModel.mini().imageFiles().get(0);

            assertThatThrownBy(() -> scorer.score(image))
                    .isInstanceOfSatisfying(
                            UnreadableImageException.class,
                            e -> assertThat(e.reason()).isEqualTo(UnreadableImageException.Reason.TOO_LARGE));
        }
        assertThatThrownBy(() -> ScorerSettings.defaults().withMaxPixels(0))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("maxPixels is 0; it must be from 1 to 715827882");
    }

    @Test
    void aClosedScorerSaysSo() {
        Scorer scorer = Scorers.open(ModelSource.directory(GoldenModel.mini().directory()));
        scorer.close();
        scorer.close();

        Path image = GoldenModel.mini().imageFiles().get(0);
        RgbImage decoded = new RgbImage(1, 1, new byte[3]);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> scorer.score(image), () -> scorer.score(decoded), () -> scorer.scoreAll(List.of()))) {
            assertThatThrownBy(call)
                    .isInstanceOf(ScorerClosedException.class)
                    .hasMessage(GoldenModel.mini().directory() + ": this scorer is closed");
        }
    }

    private static void compareScores(GoldenModel golden) {
        Map.of("scorer", Prompt.SCORER, "evaluation", Prompt.EVALUATION)
                .forEach((name, prompt) -> compare(
                        golden,
                        scores(
                                ModelSource.directory(golden.directory()),
                                ScorerSettings.defaults().withPrompt(prompt),
                                golden.imageFiles()),
                        golden.expected().get(name + ".level_probs"),
                        golden.expected().get(name + ".score")));
    }

    private static void compareAdapter(Path adapter, GoldenModel base) {
        JsonNode expected = Golden.json(adapter.resolve("expected.json"));
        GoldenModel golden = new GoldenModel(base.name() + "-lora", adapter, base.images());
        List<QualityScore> found =
                scores(ModelSource.adapter(adapter, base.directory()), ScorerSettings.defaults(), golden.imageFiles());

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

    private static List<QualityScore> scores(ModelSource source) {
        return scores(source, ScorerSettings.defaults(), GoldenModel.mini().imageFiles());
    }

    private static List<QualityScore> scores(ModelSource source, ScorerSettings settings, List<Path> images) {
        try (Scorer scorer = Scorers.open(source, settings)) {
            return images.stream().map(scorer::score).toList();
        }
    }
}
