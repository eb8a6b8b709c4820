package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.testkit.Golden;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deqa dev start-compact}, {@code deqa dev reliability}, and the commands of every network with the small one that it makes. */
class CompactCommandsTest {
    private static final Path TRUNK = Golden.mini().resolve("trunk.safetensors");
    private static final Path IMAGE = Shell.image("s0_97x61.png");

    @TempDir
    Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void start() {
        model = folder.resolve("compact");
        assertThat(Shell.deqa("dev", "start-compact", "--trunk", TRUNK, "--output", model, "--seed", 7))
                .isEqualTo(new Shell(ExitCode.OK, "", "the network to start from is in " + model + "\n"));
    }

    @Test
    void imagesAreScored() throws IOException {
        Shell run = Shell.deqa("score", "--model", model, "--format", "jsonl", "--batch", "2", IMAGE, Shell.IMAGES);

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        JsonNode row = new ObjectMapper().readTree(run.lines()[0]);
        assertThat(row.get("score").doubleValue()).isBetween(1.0, 5.0);
        assertThat(row.get("width").intValue()).isEqualTo(97);
    }

    @Test
    void resultsArePredictedWithoutAPrompt() throws IOException {
        Path meta = Files.writeString(
                folder.resolve("test.json"),
                "[{\"id\": \"a\", \"image\": \"s0_97x61.png\", \"gt_score\": 3.2, \"gt_score_norm\": 3.6, \"std\": 0.5, "
                        + "\"std_norm\": 0.5}]");
        Path output = folder.resolve("results.jsonl");

        Shell run =
                Shell.deqa("predict", "--meta", meta, "--images", Shell.IMAGES, "--output", output, "--model", model);

        assertThat(run.err()).isEqualTo(output + " has 1 of 1 results\n");
        assertThat(output).content().startsWith("{\"id\": \"a\"").contains("excellent");
    }

    @Test
    void howFarItsScoresCanBeReliedOnIsMeasuredAndTold() throws IOException {
        Path results = folder.resolve("results.jsonl");
        Path reliability = model.resolve("reliability.safetensors");

        Shell run = Shell.deqa(
                "dev",
                "reliability",
                "--model",
                model,
                "--mos",
                ratedImages(),
                "--images",
                folder,
                "--residuals",
                results(results),
                "--coverage",
                "0.3",
                "--output",
                reliability);

        assertThat(run)
                .isEqualTo(new Shell(
                        ExitCode.OK,
                        "",
                        "the axes are laid now, which takes two or three minutes for 2,000 images\n"
                                + "how far the scores can be relied on is in " + reliability + "\n"));
        Shell table = Shell.onScreen("score", "--model", model, folder.resolve("0.png"), folder.resolve("1.png"));
        assertThat(table.lines()[0])
                .matches("image +score   std     30 %  excellent  good  fair  poor   bad")
                .hasSize(80);
        assertThat(table.lines()[1]).containsPattern("  \\d\\.\\d{3}  \\d\\.\\d\\d  \\d\\.\\d–\\d\\.\\d  ");
        JsonNode row = new ObjectMapper()
                .readTree(Shell.deqa("score", "--model", model, "--format", "jsonl", folder.resolve("0.png"))
                        .out());
        assertThat(row.get("score_interval")).hasSize(2);
        assertThat(row.get("unfamiliar").isBoolean()).isTrue();
        assertThat(Shell.deqa("inspect", model).out())
                .containsPattern("reliability     intervals of 30 %, familiarity along \\d axes");
    }

    @Test
    void aCoverageIsAShare() {
        Shell run = Shell.deqa(
                "dev",
                "reliability",
                "--model",
                model,
                "--mos",
                TRUNK,
                "--images",
                folder,
                "--residuals",
                TRUNK,
                "--coverage",
                "80",
                "--output",
                folder.resolve("x"));

        assertThat(run)
                .isEqualTo(new Shell(ExitCode.USAGE, "", "deqa: --coverage is 80.0; it must be above 0 and below 1\n"));
    }

    private Path ratedImages() throws IOException {
        for (int i = 0; i < 10; i++) {
            BufferedImage image = new BufferedImage(80, 64 + i, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i, i, 0xFFFFFF);
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
        }
        return Files.writeString(
                folder.resolve("mos.json"),
                IntStream.range(0, 10)
                        .mapToObj(i -> "\"" + i + ".png\": {\"mos\": \"" + i + "\"}")
                        .collect(Collectors.joining(", ", "{", "}")));
    }

    private static Path results(Path file) throws IOException {
        return Files.writeString(
                file,
                IntStream.range(0, 10)
                        .mapToObj(i -> "{\"id\": \"r" + i + "\", \"image\": \"" + i + ".png\", \"gt_score\": " + i
                                + ", \"logits\": {\"excellent\": " + 0.1 * i
                                + ", \"good\": 0, \"fair\": 0, \"poor\": 0, \"bad\": 0}}\n")
                        .collect(Collectors.joining()));
    }

    @Test
    void headsArePutOnItsTrunkForEachFold() throws IOException {
        Path labels = Files.createDirectory(folder.resolve("labels"));
        String rows =
                "[{\"id\": \"a\", \"image\": \"s0_97x61.png\", \"gt_score\": 3.2, \"gt_score_norm\": 3.6, \"std\": 0.5, "
                        + "\"std_norm\": 0.5, \"level_probs\": [0, 0.6, 0.4, 0, 0]}]";
        Files.writeString(labels.resolve("train_x.json"), rows);
        Files.writeString(labels.resolve("test_x.json"), rows);
        Path output = folder.resolve("heads");

        Shell run = Shell.deqa(
                "dev",
                "fold-heads",
                "--model",
                model,
                "--labels",
                labels,
                "--folds",
                "x",
                "--images",
                Shell.IMAGES,
                "--output",
                output);

        assertThat(run)
                .isEqualTo(new Shell(
                        ExitCode.OK,
                        "",
                        "the heads are trained now, which takes a few minutes\nthe results of 1 folds are in " + output
                                + "\n"));
        assertThat(output.resolve("predictions_x.jsonl")).content().startsWith("{\"id\": \"a\"");
    }

    @Test
    void theReportNamesItsParts() {
        Shell run = Shell.deqa("inspect", model);

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("architecture    compact: residual trunk of 2 stages (2 × 8, 1 × 12)")
                .containsPattern("parameters      [0-9,]+ \\(head [0-9,]+, trunk [0-9,]+\\)")
                .contains("missing         none")
                .contains("unknown         none");
    }

    @Test
    void whatItSeesIsTheImageItself() {
        Path seen = folder.resolve("seen.png");

        assertThat(Shell.deqa("inspect", model, "--picture", IMAGE, "--seen", seen)
                        .status())
                .isEqualTo(ExitCode.OK);

        ImageReader reader = new ImageReader(ReaderSettings.standard());
        assertThat(reader.read(seen).samples()).isEqualTo(reader.read(IMAGE).samples());
    }

    @Test
    void whatConcernsTextIsRefused() {
        assertThat(Shell.deqa("score", "--model", model, "--prompt", "scorer", IMAGE))
                .isEqualTo(refusal("leave out \"prompt\" (--prompt)"));
        assertThat(Shell.deqa(
                        "score", "--model", model, "--tokenizer", Golden.mini().resolve("tokenizer.model"), IMAGE))
                .isEqualTo(refusal("leave out \"tokenizer\" (--tokenizer)"));
        assertThat(Shell.deqa("inspect", model, "--text", "good")).isEqualTo(refusal("leave --text out"));
    }

    @Test
    void aTrunkThatIsNoneIsRefusedAndNothingIsWritten() {
        Path output = folder.resolve("other");
        Path weights = model.resolve("model.safetensors");

        Shell run = Shell.deqa("dev", "start-compact", "--trunk", weights, "--output", output);

        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.err())
                .isEqualTo("deqa: " + weights
                        + ": the tensor conv1_conv/kernel is missing; a trunk is a ResNet (v1) with the "
                        + "names of tf.keras, from conv1 on\n");
        assertThat(output).doesNotExist();
        assertThat(Shell.deqa("dev", "start-compact", "--trunk", TRUNK, "--output", model)
                        .err())
                .isEqualTo("deqa: " + model + ": there are files here already; name another folder to write to\n");
    }

    private Shell refusal(String advice) {
        return new Shell(ExitCode.USAGE, "", "deqa: " + model + ": this model reads no text; " + advice + "\n");
    }
}
