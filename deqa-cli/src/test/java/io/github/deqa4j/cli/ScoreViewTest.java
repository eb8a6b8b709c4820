package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.LevelLogits;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --view}, {@code --tiles} and {@code --seed}. */
class ScoreViewTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SMALL_NETWORK = Golden.mini().resolve("compact");
    private static final Path SMALL = Shell.image("s0_97x61.png");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    private static Path large = Path.of("");
    private static QualityScore whole = new QualityScore(new LevelLogits(0, 0, 0, 0, 0));
    private static DetailScore detail = DetailScore.ofWhole(new RgbImage(1, 1, new byte[3]), whole);

    /** An image of 6 tiles, the first of them flat, and what the API says of 3 of them. */
    @BeforeAll
    static void scoreByTheApi() {
        byte[] samples = new byte[1300 * 700 * 3];
        new Random(1).nextBytes(samples);
        for (int y = 0; y < 512; y++) {
            Arrays.fill(samples, y * 1300 * 3, (y * 1300 + 512) * 3, (byte) 90);
        }
        large = folder.resolve("large.png");
        PngFile.write(large, new RgbImage(1300, 700, samples));
        try (Scorer scorer = Scorers.open(ModelSource.directory(SMALL_NETWORK))) {
            whole = scorer.score(large);
            detail = scorer.scoreDetail(new RgbImage(1300, 700, samples), new DetailSettings(3, 5));
        }
    }

    @Test
    void bothHasTheScoreOfTheWholeAndTheTiles() throws IOException {
        JsonNode row = JSON.readTree(score("jsonl", "both", large).lines()[0]);

        assertThat(row.fieldNames())
                .toIterable()
                .containsExactly(
                        "path", "score", "std", "probabilities", "view", "detail", "width", "height", "ms", "model");
        assertThat(row.get("score").doubleValue()).isEqualTo(whole.score());
        assertThat(row.get("view").asText()).isEqualTo("both");
        assertThat(row.get("model").asText()).endsWith(" view=both:3:5");
        requireDetail(row.get("detail"));
    }

    @Test
    void detailHasTheScoreOfTheTilesAlone() throws IOException {
        JsonNode row = JSON.readTree(score("json", "detail", large).out()).get(0);

        assertThat(row.get("score").doubleValue()).isEqualTo(detail.quality().score());
        assertThat(row.get("std").doubleValue()).isEqualTo(detail.quality().std());
        assertThat(row.get("view").asText()).isEqualTo("detail");
        assertThat(row.get("model").asText()).endsWith(" view=detail:3:5");
        requireDetail(row.get("detail"));
    }

    private static void requireDetail(JsonNode node) {
        assertThat(node.fieldNames()).toIterable().containsExactly("score", "std", "worst", "tiles", "places", "flat");
        assertThat(node.get("score").doubleValue()).isEqualTo(detail.quality().score());
        assertThat(node.get("std").doubleValue()).isEqualTo(detail.quality().std());
        assertThat(node.get("worst").get("score").doubleValue())
                .isEqualTo(detail.worst().quality().score());
        assertThat(node.get("worst").get("x").intValue())
                .isEqualTo(detail.worst().x());
        assertThat(node.get("worst").get("y").intValue())
                .isEqualTo(detail.worst().y());
        assertThat(node.get("worst").get("width").intValue()).isEqualTo(512);
        assertThat(node.get("worst").get("height").intValue()).isEqualTo(512);
        assertThat(node.get("tiles").intValue()).isEqualTo(3);
        assertThat(node.get("places").intValue()).isEqualTo(6);
        assertThat(node.get("flat").intValue()).isEqualTo(1);
    }

    @Test
    void csvHasColumnsForTheTiles() {
        Shell run = score("csv", "both", large, SMALL, folder.resolve("none.png"));
        String[] cells = run.lines()[1].split(",", -1);

        assertThat(run.lines()[0])
                .isEqualTo(
                        "path,score,std,interval_low,interval_high,unfamiliar,excellent,good,fair,poor,bad,width,height,view,detail,worst,worst_x,worst_y,"
                                + "worst_width,worst_height,tiles,places,flat,ms,error,model");
        assertThat(cells).hasSize(26);
        assertThat(cells[13]).isEqualTo("both");
        assertThat(Double.parseDouble(cells[14])).isEqualTo(detail.quality().score());
        assertThat(Double.parseDouble(cells[15]))
                .isEqualTo(detail.worst().quality().score());
        assertThat(cells[16]).isEqualTo("" + detail.worst().x());
        assertThat(cells[17]).isEqualTo("" + detail.worst().y());
        assertThat(run.lines()[1]).contains(",512,512,3,6,1,");
        assertThat(run.lines()[2]).contains(",0,0,97,61,1,1,0,");
        assertThat(run.lines()[3].split(",", -1)).hasSize(26);
        assertThat(run.lines()[3]).contains("none.png" + ",".repeat(24));
    }

    @Test
    void aTableTellsOfTilesWhereThereAreSeveral() {
        Shell run = Shell.deqa("score", "--model", SMALL_NETWORK, "--tiles", 3, "--seed", 5, large, SMALL);

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.lines()[1])
                .endsWith(String.format(
                        Locale.ROOT,
                        "%%  detail %.2f, worst %.2f at %d,%d",
                        detail.quality().score(),
                        detail.worst().quality().score(),
                        detail.worst().x(),
                        detail.worst().y()));
        assertThat(run.lines()[2]).endsWith("%");
        assertThat(score("table", "whole", large).lines()[1]).endsWith("%");
    }

    @Test
    void filesHaveTheWholeUnlessTheyAreAskedForMore() throws IOException {
        Shell run = Shell.deqa("score", "--model", SMALL_NETWORK, "--format", "jsonl", large);

        assertThat(JSON.readTree(run.out()).has("detail")).isFalse();
        assertThat(JSON.readTree(run.out()).get("score").doubleValue()).isCloseTo(whole.score(), within(0.0));
        assertThat(run.out()).doesNotContain("view");
        assertThat(Shell.deqa("score", "--model", SMALL_NETWORK, "--format", "csv", large)
                        .lines()[0])
                .isEqualTo(
                        "path,score,std,interval_low,interval_high,unfamiliar,excellent,good,fair,poor,bad,width,height,ms,error,model");
    }

    @Test
    void rowsOfAnotherViewAreNotContinued() {
        Path output = folder.resolve("scores.jsonl");
        Object[] command = {"score", "--model", SMALL_NETWORK, "--output", output, "--resume", SMALL};
        assertThat(Shell.deqa(command).status()).isEqualTo(ExitCode.OK);

        Shell run =
                Shell.deqa("score", "--model", SMALL_NETWORK, "--output", output, "--resume", "--view", "both", SMALL);

        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("\" has view whole instead of both:8:0; run it with the same again");
        assertThat(Shell.deqa(command).status()).isEqualTo(ExitCode.OK);
    }

    @Test
    void heatMapsAndTilesGoTogether() {
        Shell run = Shell.deqa("score", "--model", SMALL_NETWORK, "--heatmap", folder.resolve("maps"), large);

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.lines()[1]).contains("  detail ");
        assertThat(folder.resolve("maps/large.png.png")).exists();
    }

    @Test
    void aLargeNetworkHasTheWholeAlone() {
        assertThat(Shell.deqa("score", "--model", Shell.MODEL, SMALL).status()).isEqualTo(ExitCode.OK);
        assertThat(Shell.deqa("score", "--model", Shell.MODEL, "--view", "both", SMALL))
                .isEqualTo(new Shell(
                        ExitCode.USAGE,
                        "",
                        "deqa: this model resizes every image to one size and cannot see it at its own scale; name a"
                                + " small network with --model, or use --view whole\n"));
    }

    @Test
    void optionsThatDoNotFitAreWrongUsage() {
        assertThat(Shell.deqa("score", "--view", "zoom", SMALL))
                .isEqualTo(new Shell(
                        ExitCode.USAGE,
                        "",
                        "deqa: the view \"zoom\" is unknown; use whole, detail or both (--view)\n"));
        assertThat(Shell.deqa("score", "--tiles", "0", SMALL).err())
                .isEqualTo("deqa: tiles is 0; it must be from 1 to 4096 (--tiles)\n");
        assertThat(Shell.deqa("score", "--format", "csv", "--seed", "3", SMALL).err())
                .isEqualTo("deqa: --tiles and --seed choose the tiles of --view detail and --view both; add one of"
                        + " these or leave them out\n");
        assertThat(Shell.deqa("score", "--view", "whole", "--tiles", "3", SMALL).status())
                .isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "predict"})
    void theHelpTellsTheDefaultNumberOfTiles(String command) {
        String help = Shell.deqa("help", command).out().replaceAll("\\s+", " ");

        assertThat(help)
                .contains(
                        "from 1 to 4096 (default: " + DetailSettings.defaults().tiles() + ")");
    }

    @Test
    void aResultCanHoldTheLogitsOfTheDetail() throws IOException {
        Path meta = Files.writeString(
                folder.resolve("meta.json"),
                "[{\"id\": \"a\", \"image\": \"large.png\", \"gt_score\": 3.2, \"gt_score_norm\": 3.6, \"std\": 0.5,"
                        + " \"std_norm\": 0.5}]");
        Path output = folder.resolve("results.jsonl");
        Shell run = predict(meta, output, "detail");

        assertThat(run.err()).isEqualTo(output + " has 1 of 1 results\n");
        JsonNode row = JSON.readTree(Files.readString(output));
        assertThat(row.get("model").asText()).endsWith(" view=detail:3:5");
        assertThat(row.get("logits").get("excellent").doubleValue())
                .isCloseTo(detail.quality().logits().excellent(), within(1e-9));
        assertThat(predict(meta, output, "detail").status()).isEqualTo(ExitCode.OK);
        assertThat(Shell.deqa(
                                "predict",
                                "--meta",
                                meta,
                                "--images",
                                folder,
                                "--output",
                                output,
                                "--model",
                                SMALL_NETWORK)
                        .err())
                .contains("has view detail:3:5 instead of whole;");
        assertThat(predict(meta, output, "both"))
                .isEqualTo(new Shell(
                        ExitCode.USAGE,
                        "",
                        "deqa: a result holds the logits of one view; use --view whole or --view detail\n"));
    }

    private static Shell predict(Path meta, Path output, String view) {
        return Shell.deqa(
                "predict",
                "--meta",
                meta,
                "--images",
                folder,
                "--output",
                output,
                "--model",
                SMALL_NETWORK,
                "--view",
                view,
                "--tiles",
                3,
                "--seed",
                5);
    }

    private static Shell score(String format, String view, Path... images) {
        Object[] words = {"score", "--model", SMALL_NETWORK, "--format", format, "--view", view};
        Object[] tiles = view.equals("whole") ? new Object[0] : new Object[] {"--tiles", 3, "--seed", 5};
        return Shell.deqa(
                Stream.of(words, tiles, images).flatMap(Arrays::stream).toArray());
    }
}
