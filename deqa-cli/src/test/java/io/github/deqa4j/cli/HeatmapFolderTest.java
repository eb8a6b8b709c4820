package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deqa score --heatmap}. */
class HeatmapFolderTest {
    private static final Path WIDE = Shell.image("s0_97x61.png");
    private static final Path TALL = Shell.image("s1_61x97.png");
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());

    @TempDir
    Path folder;

    private Path model = Path.of("");
    private Path maps = Path.of("");

    @BeforeEach
    void start() {
        model = folder.resolve("compact");
        maps = folder.resolve("new/maps");
        assertThat(Shell.deqa(
                                "dev",
                                "start-compact",
                                "--trunk",
                                Golden.mini().resolve("trunk.safetensors"),
                                "--output",
                                model,
                                "--seed",
                                7)
                        .status())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void theDrawingIsTheImagesAndTheScoresAreTheSame() {
        Shell plain = Shell.deqa("score", "--model", model, "--format", "table", WIDE, TALL);
        Shell run = Shell.deqa("score", "--model", model, "--format", "table", "--heatmap", maps, WIDE, TALL);

        assertThat(run).isEqualTo(plain);
        assertThat(files(maps)).containsExactly("s0_97x61.png.png", "s1_61x97.png.png");
        RgbImage image = READER.read(WIDE);
        RgbImage drawing = READER.read(maps.resolve("s0_97x61.png.png"));
        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            RgbImage expected = scorer.scoreWithMap(image).map().draw(image);
            assertThat(drawing.samples()).isEqualTo(expected.samples());
        }
    }

    @Test
    void whateverTheBatchAImageThatFailsHasNoDrawingAndItsUsualRow() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.png"), "text");
        for (String batch : List.of("1", "3")) {
            maps = folder.resolve("maps" + batch);
            Shell run = Shell.deqa(
                    "score",
                    "--model",
                    model,
                    "--format",
                    "jsonl",
                    "--batch",
                    batch,
                    "--heatmap",
                    maps,
                    WIDE,
                    broken,
                    TALL);

            assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
            assertThat(run.lines()).hasSize(3);
            assertThat(run.lines()[1]).startsWith("{\"path\":\"" + broken + "\",\"error\":\"");
            assertThat(files(maps)).hasSize(2).noneMatch(name -> name.contains("broken"));
        }
    }

    @Test
    void equalNamesInTwoFoldersMeetNowhere() throws IOException {
        Path here = Files.createDirectories(folder.resolve("pictures/here"));
        Path there = Files.createDirectories(folder.resolve("pictures/over/there"));
        Files.copy(WIDE, here.resolve("a.png"));
        Files.copy(TALL, there.resolve("a.png"));
        Files.copy(TALL, there.resolve("b.png"));

        assertThat(Shell.deqa("score", "--model", model, "--heatmap", maps, here, there)
                        .status())
                .isEqualTo(ExitCode.OK);
        assertThat(files(maps)).containsExactly("here/a.png.png", "over/there/a.png.png", "over/there/b.png.png");
        assertThat(READER.read(maps.resolve("over/there/a.png.png")).height())
                .isGreaterThan(READER.read(maps.resolve("here/a.png.png")).height());
    }

    @Test
    void aDrawingOfAnEarlierRunIsReplaced() throws IOException {
        Files.createDirectories(maps);
        Path old = Files.writeString(maps.resolve("s0_97x61.png.png"), "old");

        assertThat(Shell.deqa("score", "--model", model, "--heatmap", maps, WIDE)
                        .status())
                .isEqualTo(ExitCode.OK);
        assertThat(READER.read(old).width()).isEqualTo(97);
        assertThat(files(maps)).containsExactly("s0_97x61.png.png");
    }

    @Test
    void aResumedRunDrawsWhatIsNotDrawnYet() throws IOException {
        Path output = folder.resolve("scores.jsonl");
        Object[] words = {"score", "--model", model, "--output", output, "--resume", "--heatmap", maps, WIDE, TALL};
        assertThat(Shell.deqa("score", "--model", model, "--output", output, "--resume", WIDE)
                        .status())
                .isEqualTo(ExitCode.OK);
        assertThat(Shell.deqa(words)).isEqualTo(new Shell(ExitCode.OK, "", output + ": 2 rows\n"));
        String tall = Files.readAllLines(output).get(1);
        Files.delete(maps.resolve("s0_97x61.png.png"));
        Path kept = Files.writeString(maps.resolve("s1_61x97.png.png"), "kept");

        assertThat(Shell.deqa(words)).isEqualTo(new Shell(ExitCode.OK, "", output + ": 2 rows\n"));

        List<String> rows = Files.readAllLines(output);
        assertThat(files(maps)).containsExactly("s0_97x61.png.png", "s1_61x97.png.png");
        assertThat(kept).hasContent("kept");
        assertThat(rows).hasSize(2).endsWith(tall);
        assertThat(row(rows.get(0)).get("path").asText()).isEqualTo(WIDE.toString());
        assertThat(output.resolveSibling("scores.jsonl.part")).doesNotExist();
    }

    @Test
    void drawingsBelowTheFolderOfTheImagesAreNoImagesOfTheNextRun() throws IOException {
        Path images = Files.createDirectory(folder.resolve("pictures"));
        Files.copy(WIDE, images.resolve("a.png"));
        maps = images.resolve("maps");
        for (Object named : List.of(images, images.resolve("**"))) {
            for (int run = 0; run < 2; run++) {
                Shell shell = Shell.deqa(
                        "score", "--model", model, "--format", "csv", "--recursive", "--heatmap", maps, named);
                assertThat(shell.status()).isEqualTo(ExitCode.OK);
                assertThat(shell.lines()).hasSize(2);
            }
        }
        assertThat(files(images)).containsExactly("a.png", "maps/a.png.png");
    }

    @Test
    void aScoreOutlivesItsImageWhenOnlyTheDrawingIsOwed() throws IOException {
        Path output = folder.resolve("scores.jsonl");
        Path image = Files.copy(WIDE, folder.resolve("a.png"));
        Object[] words = {"score", "--model", model, "--output", output, "--resume", image};
        assertThat(Shell.deqa(words).status()).isEqualTo(ExitCode.OK);
        String row = Files.readString(output);
        Files.delete(image);

        Shell run = Shell.deqa("score", "--model", model, "--output", output, "--resume", "--heatmap", maps, image);

        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.err()).startsWith("deqa: " + image + " has no drawing: " + image + ": ");
        assertThat(output).hasContent(row);
    }

    @Test
    void aDrawingThatCannotBeWrittenCostsNoScore() throws IOException {
        Path taken = maps.resolve("s0_97x61.png.png");
        Files.createDirectories(taken.resolve("in the way"));

        Shell plain = Shell.deqa("score", "--model", model, "--format", "table", WIDE, TALL);
        Shell run = Shell.deqa("score", "--model", model, "--format", "table", "--heatmap", maps, WIDE, TALL);

        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out()).isEqualTo(plain.out());
        assertThat(run.err())
                .startsWith("deqa: " + WIDE + " has no drawing: " + taken)
                .endsWith("\ndeqa: 1 of 2 images have no drawing\n");
        assertThat(maps.resolve("s1_61x97.png.png")).isRegularFile();
    }

    @Test
    void aModelWithoutAMapIsWrongUsageBeforeAnyScore() {
        Path output = folder.resolve("scores.jsonl");
        Shell run = Shell.deqa(
                "score", "--model", Shell.MODEL, "--format", "jsonl", "--output", output, "--heatmap", maps, WIDE);

        assertThat(run)
                .isEqualTo(new Shell(
                        ExitCode.USAGE,
                        "",
                        "deqa: this model sees images only as a whole and cannot tell where they lose quality; name a "
                                + "small network with --model or leave --heatmap out\n"));
        assertThat(maps).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**/scores*");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsWrongUsageBeforeAnyScore() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");

        assertThat(Shell.deqa("score", "--model", model, "--heatmap", file, WIDE))
                .isEqualTo(new Shell(
                        ExitCode.USAGE, "", "deqa: " + file + ": this is a file; name a folder to write to\n"));
        assertThat(Shell.deqa("score", "--model", model, "--heatmap", file.resolve("below"), WIDE))
                .isEqualTo(new Shell(
                        ExitCode.USAGE,
                        "",
                        "deqa: " + file.resolve("below") + ": the folder cannot be made; choose another place\n"));
    }

    @Test
    void imagesAreNotMixedWithDrawings() throws IOException {
        Path images = Files.createDirectory(folder.resolve("pictures"));
        Path image = Files.copy(WIDE, images.resolve("a.png"));
        String from = "deqa: " + image + ": this image lies in ";
        String end = ", where the heatmaps go; name another folder with --heatmap\n";

        assertThat(Shell.deqa("score", "--model", model, "--heatmap", images, TALL, images))
                .isEqualTo(new Shell(ExitCode.USAGE, "", from + images + end));
        assertThat(Shell.deqa("score", "--model", model, "--heatmap", folder.resolve("x/.."), image))
                .isEqualTo(new Shell(ExitCode.USAGE, "", from + folder.resolve("x/..") + end));
        assertThat(files(images)).containsExactly("a.png");
    }

    @Test
    void namesThatAreNoImagesAreStillRows() {
        Shell run = Shell.deqa(
                "score", "--model", model, "--format", "csv", "--heatmap", maps, folder.resolve("*.gif"), "a\0b");

        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.lines()).hasSize(3);
        assertThat(files(maps)).isEmpty();
    }

    private static JsonNode row(String line) throws IOException {
        return new ObjectMapper().readTree(line);
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
