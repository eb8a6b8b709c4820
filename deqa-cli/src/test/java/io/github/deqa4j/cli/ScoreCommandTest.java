package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path WIDE = Shell.image("s0_97x61.png");
    private static final Path TALL = Shell.image("s1_61x97.png");

    @TempDir
    Path folder;

    @Test
    void aJsonlRowHasTheAuthorsScoreAndEveryField() throws IOException {
        Shell run = Shell.deqa("score", "--model", Shell.MODEL, "--format", "jsonl", WIDE);

        JsonNode expected = Golden.json(Shell.MODEL.resolve("expected.json"));
        JsonNode row = JSON.readTree(run.out());
        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).isEmpty();
        assertThat(row.fieldNames())
                .toIterable()
                .containsExactly("path", "score", "std", "probabilities", "width", "height", "ms", "model");
        assertThat(row.get("path").asText()).isEqualTo(WIDE.toString());
        assertThat(row.get("score").doubleValue())
                .isCloseTo(expected.get("scorer.score").get(0).doubleValue(), within(1e-5));
        assertThat(row.get("probabilities").fieldNames())
                .toIterable()
                .containsExactly("excellent", "good", "fair", "poor", "bad");
        assertThat(row.get("probabilities").get("bad").doubleValue())
                .isCloseTo(expected.get("scorer.level_probs").get(0).get(4).doubleValue(), within(1e-5));
        assertThat(row.get("width").intValue()).isEqualTo(97);
        assertThat(row.get("height").intValue()).isEqualTo(61);
        assertThat(row.get("ms").doubleValue()).isPositive();
        assertThat(row.get("model").asText())
                .matches("model=mplug_owl2:[0-9a-f]{16} precision=float32 prompt=scorer exif=ignored version=\\S+");
    }

    @Test
    void rowsKeepTheOrderOfTheInputWhateverTheBatch() throws IOException {
        Path missing = folder.resolve("missing.png");
        for (String batch : List.of("1", "2", "8", "auto")) {
            Shell run = Shell.deqa(
                    "score", "--model", Shell.MODEL, "--format", "jsonl", "--batch", batch, TALL, missing, WIDE, TALL);

            assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
            assertThat(run.lines()).hasSize(4);
            assertThat(JSON.readTree(run.lines()[0]).get("path").asText()).isEqualTo(TALL.toString());
            assertThat(JSON.readTree(run.lines()[1]).fieldNames()).toIterable().containsExactly("path", "error");
            assertThat(JSON.readTree(run.lines()[2]).get("width").intValue()).isEqualTo(97);
            assertThat(JSON.readTree(run.lines()[3]).get("score"))
                    .isEqualTo(JSON.readTree(run.lines()[0]).get("score"));
        }
    }

    @Test
    void theTableFitsAScreenOf80Columns() {
        Shell run = Shell.onScreen("score", "--model", Shell.MODEL, Shell.IMAGES);

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.lines()).hasSize(9).allSatisfy(line -> assertThat(line).hasSize(80));
        assertThat(run.lines()[0]).matches("image +score   std  excellent  good  fair  poor   bad");
        assertThat(run.lines()[1]).matches("…\\S+s0_97x61.png  \\d\\.\\d{3}  \\d\\.\\d\\d( +\\d+%){5}");
    }

    @Test
    void aPipedTableHasWholePaths() {
        assertThat(Shell.deqa("score", "--model", Shell.MODEL, WIDE).out()).contains(WIDE + "  ");
    }

    @Test
    void jsonIsOneArray() throws IOException {
        JsonNode array = JSON.readTree(Shell.deqa("score", "--model", Shell.MODEL, "--format", "json", WIDE, TALL)
                .out());

        assertThat(array.isArray()).isTrue();
        assertThat(array).hasSize(2);
        assertThat(array.get(1).get("height").intValue()).isEqualTo(97);
    }

    @Test
    void csvHasAHeaderAndSixteenColumns() throws IOException {
        Path odd = Files.writeString(folder.resolve("a,\"b\".png"), "text");
        Shell run = Shell.deqa("score", "--model", Shell.MODEL, "--format", "csv", WIDE, odd);

        assertThat(run.lines()[0])
                .isEqualTo(
                        "path,score,std,interval_low,interval_high,unfamiliar,excellent,good,fair,poor,bad,width,height,ms,error,model");
        assertThat(run.lines()[1].split(",", -1)).hasSize(16);
        assertThat(run.lines()[1])
                .containsPattern(
                        ",,model=mplug_owl2:[0-9a-f]{16} precision=float32 prompt=scorer exif=ignored version=\\S+$");
        assertThat(run.lines()[2]).startsWith("\"" + folder + "/a,\"\"b\"\".png\",,,,,,,,,,,,,,\"");
    }

    @Test
    void standardInputListsImages() {
        Shell run =
                Shell.withInput(WIDE + "\n\n" + TALL + "\r\n", "score", "--model", Shell.MODEL, "--format", "csv", "-");

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.lines()).hasSize(3);
    }

    @Test
    void anOutputFileAppearsWhole() throws IOException {
        Path output = folder.resolve("scores.csv");
        Shell run = Shell.deqa("score", "--model", Shell.MODEL, "--format", "csv", "--output", output, WIDE);

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).isEmpty();
        assertThat(Files.readAllLines(output)).hasSize(2);
        assertThat(folder).isDirectoryNotContaining("glob:**{.tmp,.part}");
    }

    @Test
    void anInterruptedRunGoesOn() throws IOException {
        Path output = folder.resolve("scores.jsonl");
        String known = row(TALL.toString(), identity());
        String other = row("elsewhere.png", identity());
        Files.writeString(output, "\uFEFF" + other + "\n"); // with the mark that some editors put first
        Files.writeString(
                folder.resolve("scores.jsonl.part"),
                known + "\n{\"path\":\"" + WIDE + "\",\"error\":\"was locked\"}\n{\"path\":\"to");

        Shell run = Shell.deqa("score", "--model", Shell.MODEL, "--output", output, "--resume", WIDE, TALL);

        List<String> rows = Files.readAllLines(output);
        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).isEqualTo(output + ": 3 rows\n");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).isEqualTo(other);
        assertThat(rows.get(1)).contains("\"width\":97");
        assertThat(rows.get(2)).isEqualTo(known);
        assertThat(folder.resolve("scores.jsonl.part")).doesNotExist();
    }

    @Test
    void scoresOfAnotherModelPrecisionPromptOrVersionAreNotContinued() throws IOException {
        Path output = folder.resolve("scores.jsonl");
        String identity = identity();
        for (List<String> change : List.of(
                List.of("mplug_owl2:", "deqa_compact:", "model deqa_compact:"),
                List.of("float32", "bf16", "precision bf16 instead of float32;"),
                List.of("prompt=scorer", "prompt=evaluation", "prompt evaluation instead of scorer;"),
                List.of("ignored", "applied", "exif applied instead of ignored;"),
                List.of("version=", "version=9", "version 9"))) {
            String known = row(TALL.toString(), identity.replace(change.get(0), change.get(1))) + "\n";
            Files.writeString(output, known);

            Shell run = Shell.deqa("score", "--model", Shell.MODEL, "--output", output, "--resume", WIDE, TALL);

            assertThat(run.status()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err())
                    .startsWith("deqa: " + output + ": its row \"" + TALL + "\" has " + change.get(2))
                    .endsWith("; run it with the same again, or name another file with --output\n");
            assertThat(output).hasContent(known);
            assertThat(folder.resolve("scores.jsonl.part")).doesNotExist();
        }
    }

    @Test
    void anotherPrecisionIsRefusedEvenWhereNothingIsLeftToScore() {
        Path output = folder.resolve("scores.jsonl");
        assertThat(Shell.deqa("score", "--model", Shell.MODEL, "--output", output, WIDE)
                        .status())
                .isEqualTo(ExitCode.OK);

        Shell run = Shell.deqa(
                "score", "--model", Shell.MODEL, "--output", output, "--resume", "--precision", "bf16", WIDE);

        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("\" has precision float32 instead of bf16;");
    }

    @Test
    void rowsThatDoNotNameTheirModelAreNotContinued() throws IOException {
        Path output = folder.resolve("scores.jsonl");
        Files.writeString(output, "{\"path\":\"" + TALL + "\",\"score\":1.5}\n");

        assertThat(Shell.deqa("score", "--model", Shell.MODEL, "--output", output, "--resume", WIDE, TALL))
                .isEqualTo(new Shell(
                        ExitCode.USAGE,
                        "",
                        "deqa: " + output + ": its row \"" + TALL
                                + "\" does not say which model it is of, since an older"
                                + " version wrote it; name another file with --output\n"));
    }

    private static String identity() throws IOException {
        return JSON.readTree(Shell.deqa("score", "--model", Shell.MODEL, "--format", "jsonl", TALL)
                        .out())
                .get("model")
                .asText();
    }

    private static String row(String path, String identity) {
        return "{\"path\":\"" + path + "\",\"score\":2.5,\"model\":\"" + identity + "\"}";
    }

    @Test
    void theEndingOfTheOutputSaysTheFormat() throws IOException {
        for (String ending : List.of("csv", "json", "jsonl", "JSONL", "txt")) {
            Path output = folder.resolve("scores." + ending);
            assertThat(Shell.deqa("score", "--model", Shell.MODEL, "--output", output, WIDE))
                    .isEqualTo(new Shell(ExitCode.OK, "", output + ": 1 row\n"));
            assertThat(Files.readString(output))
                    .startsWith(
                            switch (ending) {
                                case "csv" -> "path,score,";
                                case "json" -> "[\n  {\"path\":";
                                case "txt" -> "image ";
                                default -> "{\"path\":";
                            });
        }
    }

    @Test
    void anEndingAndAnotherFormatAreWrongUsage() {
        Path output = folder.resolve("scores.csv");
        assertThat(Shell.deqa("score", "--format", "json", "--output", output, WIDE))
                .isEqualTo(new Shell(
                        ExitCode.USAGE,
                        "",
                        "deqa: " + output + ": the name ends in .csv, but --format is json; change one of the two\n"));
        assertThat(Shell.deqa("score", "--resume", "--output", output, WIDE).err())
                .startsWith("deqa: --resume continues a jsonl file;");
        assertThat(output).doesNotExist();
    }

    @Test
    void namesThatEndWithAZeroByteAreRead() throws IOException {
        Path odd = Files.copy(WIDE, folder.resolve("new\nline.png"));
        Shell run = Shell.withInput(
                odd + "\0" + TALL + "\0", "score", "--model", Shell.MODEL, "--format", "jsonl", "-0", "-");

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(JSON.readTree(run.lines()[0]).get("path").asText()).isEqualTo(odd.toString());
        assertThat(run.lines()).hasSize(2);
        assertThat(Shell.deqa("score", "--null", WIDE))
                .isEqualTo(new Shell(
                        ExitCode.USAGE,
                        "",
                        "deqa: -0 tells how names on standard input are ended; add - to read them from there\n"));
    }

    /** The case list-with-bom. */
    @Test
    void aListThatBeginsWithAByteOrderMarkNamesItsFirstImage() throws IOException {
        Shell run = Shell.withInput(
                "\uFEFF" + WIDE + "\r\n" + TALL + "\r\n", "score", "--model", Shell.MODEL, "--format", "jsonl", "-");

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(JSON.readTree(run.lines()[0]).get("path").asText()).isEqualTo(WIDE.toString());
        assertThat(JSON.readTree(run.lines()[1]).get("path").asText()).isEqualTo(TALL.toString());
    }

    /** The case table-newline. */
    @Test
    void aRowIsOneLineWhateverTheName() throws IOException {
        Path odd = Files.copy(WIDE, folder.resolve("new\nli\u001b[31mne\u202e.png"));
        Path missing = folder.resolve("a\rb.png");
        Path wide = Files.copy(WIDE, folder.resolve("日本e\u0301.png"));
        Shell run = Shell.deqa("score", "--model", Shell.MODEL, odd, missing, wide, WIDE);

        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.lines()).hasSize(5);
        assertThat(run.lines()[1]).startsWith(folder + "/new\\nli\\u001b[31mne\\u202e.png  ");
        assertThat(run.lines()[2]).startsWith(folder + "/a\\rb.png").endsWith("  no score: there is no such file");
        assertThat(run.lines()).extracting(Printable::columns).element(1).isEqualTo(Printable.columns(run.lines()[4]));
        assertThat(Printable.columns(run.lines()[3])).isEqualTo(Printable.columns(run.lines()[4]));
        assertThat(run.out()).doesNotContain("\u001b").doesNotContain("\u202e");
    }

    @Test
    void aCsvCellIsNoFormula() throws IOException {
        for (String start : List.of("=", "+", "-", "@", "\t")) {
            Path formula = Path.of(start + "1+1.png");
            Shell run = Shell.deqa("score", "--format", "csv", "./x.png", "--", formula);
            assertThat(run.lines()[2]).startsWith("'" + formula + ",");
            assertThat(Shell.deqa("score", "--format", "csv", "--verbatim", "--", formula)
                            .lines()[1])
                    .startsWith((start.equals("\t") ? "\"" + formula + "\"" : formula) + ","); // a blank is quoted
        }
        assertThat(Shell.deqa("score", "--verbatim", WIDE))
                .isEqualTo(new Shell(
                        ExitCode.USAGE,
                        "",
                        "deqa: --verbatim is of use in csv only; add --format csv or leave --verbatim out\n"));
    }

    @Test
    void ctrlCLeavesWhatIsThereAndSaysHowToGoOn() throws Exception {
        Path output = folder.resolve("scores.jsonl");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Deqa.class.getName(),
                "score",
                "--model",
                Shell.MODEL.toString(),
                "--output",
                output.toString()));
        for (int i = 0; i < 50_000; i++) {
            command.add("none-" + i); // fails fast, each with a row
        }
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        Path part = folder.resolve("scores.jsonl.part");
        while (run.isAlive() && (!Files.exists(part) || Files.size(part) == 0)) {
            Thread.onSpinWait();
        }
        run.toHandle().destroy();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.waitFor()).isEqualTo(128 + 15);
        assertThat(said)
                .containsPattern(
                        "deqa: stopped with \\d+ of 50000 images not scored: run the command again with --resume to"
                                + " go on; the scores so far are in " + part);
        assertThat(output).doesNotExist();
        assertThat(part).exists();
    }

    @Test
    void aRunThatWasTornWithinALetterGoesOn() throws IOException {
        Path output = folder.resolve("scores.jsonl");
        byte[] torn = "{\"path\":\"é".getBytes(StandardCharsets.UTF_8);
        Path part = Files.write(folder.resolve("scores.jsonl.part"), Arrays.copyOf(torn, torn.length - 1));

        Shell run = Shell.deqa("score", "--model", Shell.MODEL, "--output", output, "--resume", WIDE);

        assertThat(run).isEqualTo(new Shell(ExitCode.OK, "", output + ": 1 row\n"));
        assertThat(Files.readAllLines(output)).hasSize(1);
        assertThat(part).doesNotExist();
    }

    @Test
    void aPartOfSomethingElseIsLeftAlone() throws IOException {
        Path part = Files.writeString(folder.resolve("scores.jsonl.part"), "dear diary");

        Shell run = Shell.deqa(
                "score", "--model", Shell.MODEL, "--output", folder.resolve("scores.jsonl"), "--resume", WIDE);

        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .isEqualTo("deqa: " + part + ": the last line is not a row of results; choose another file\n");
        assertThat(part).hasContent("dear diary");
    }

    @Test
    void aFileOfSomethingElseIsNotContinued() throws IOException {
        Path output = Files.writeString(folder.resolve("notes.txt"), "dear diary\n");

        Shell run = Shell.deqa("score", "--model", Shell.MODEL, "--output", output, "--resume", WIDE);

        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .isEqualTo("deqa: " + output + ": line 1 is not a row of deqa score, so this file cannot be continued; "
                        + "choose another --output\n");
        assertThat(output).hasContent("dear diary");
    }

    @Test
    void anInterruptedRunIsNotOverwritten() throws IOException {
        Path part = Files.writeString(folder.resolve("a.jsonl.part"), "{}\n");
        Shell run = Shell.deqa(
                "score", "--model", Shell.MODEL, "--format", "jsonl", "--output", folder.resolve("a.jsonl"), WIDE);

        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("deqa: " + part + ": this is left from an interrupted run; add --resume");
    }

    @Test
    void imagesThatCannotBeReadAreRowsWithOneSentence() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "hello");
        Path empty = Files.createFile(folder.resolve("empty.png"));
        Path directory = Files.createDirectory(folder.resolve("x.png"));
        byte[] whole = Files.readAllBytes(WIDE);
        Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));

        Shell run = Shell.deqa("score", "--model", Shell.MODEL, "--format", "jsonl", text, empty, directory, cut, WIDE);

        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.err()).isEqualTo("deqa: 4 of 5 images have no score; their rows say why\n");
        assertThat(run.lines()).hasSize(5);
        for (int i = 0; i < 4; i++) {
            String error = JSON.readTree(run.lines()[i]).get("error").asText();
            assertThat(error)
                    .startsWith(folder.toString())
                    .doesNotContain("Exception")
                    .doesNotContain("\n");
        }
        assertThat(JSON.readTree(run.lines()[4]).has("score")).isTrue();
    }

    @Test
    void failuresAreCountedOncePerRowAndOutOfAllThatWasAsked() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.png"), "hello");
        Path output = folder.resolve("a.jsonl");
        Object[] words = {"score", "--model", Shell.MODEL, "--output", output, "--resume", WIDE, broken, broken, TALL};

        for (int run = 0; run < 2; run++) {
            assertThat(Shell.deqa(words))
                    .isEqualTo(new Shell(
                            ExitCode.SOME_FAILED,
                            "",
                            output + ": 4 rows\ndeqa: 2 of 4 images have no score; their rows say why\n"));
            assertThat(Files.readAllLines(output)).hasSize(4);
        }
    }

    @Test
    void aImageIsNotWrittenOver() throws IOException {
        Path image = Files.copy(WIDE, folder.resolve("a.png"));
        for (String format : List.of("csv", "jsonl")) {
            assertThat(Shell.deqa("score", "--model", Shell.MODEL, "--format", format, "--output", image, WIDE, image))
                    .isEqualTo(new Shell(
                            ExitCode.USAGE,
                            "",
                            "deqa: " + image + ": this is one of the images; name another file with --output\n"));
        }
        assertThat(image).hasSameBinaryContentAs(WIDE);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsWrongUsage() {
        Path output = folder.resolve("none/a.csv");
        Shell run = Shell.deqa("score", "--model", Shell.MODEL, "--format", "csv", "--output", output, WIDE);

        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("deqa: " + output + ": the folder " + folder.resolve("none"));
    }

    @Test
    void aModelThatCannotBeLoadedIsStatusThree() throws IOException {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("config.json"), "{\"model_type\":\"mplug_owl2\"}", StandardCharsets.UTF_8);
        Files.copy(Golden.mini().resolve("tokenizer.model"), broken.resolve("tokenizer.model"));

        Shell run = Shell.deqa("score", "--model", broken, WIDE);

        assertThat(run.status()).isEqualTo(ExitCode.NO_MODEL);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("deqa: " + broken.resolve("config.json")
                        + ": \"visual_config\" is missing; the file cannot be used without it\n");
    }

    @Test
    void wrongUsageIsStatusTwo() {
        assertThat(Shell.deqa("score", "--model", Shell.MODEL).status()).isEqualTo(ExitCode.USAGE);
        assertThat(Shell.deqa("score", "--model", Shell.MODEL, "--batch", "0", WIDE)
                        .err())
                .isEqualTo("deqa: batch is 0; it must be from 1 to 256 (--batch)\n");
        assertThat(Shell.deqa("score", "--model", Shell.MODEL, "--batch", "all", WIDE)
                        .err())
                .isEqualTo("deqa: the batch \"all\" is unknown; use a number from 1 to 256, or auto (--batch)\n");
        assertThat(Shell.deqa("score", "--model", Shell.MODEL, "--precision", "int3", WIDE)
                        .err())
                .isEqualTo("deqa: the precision \"int3\" is unknown; use float32, bf16 or int8 (--precision)\n");
        assertThat(Shell.deqa("score", "--model", Shell.MODEL, "--device", "tpu", WIDE)
                        .err())
                .isEqualTo("deqa: the device \"tpu\" is unknown; use cpu or cuda:N (--device)\n");
        assertThat(Shell.deqa("score", "--model", Shell.MODEL, "--resume", WIDE).status())
                .isEqualTo(ExitCode.USAGE);
        assertThat(Shell.deqa("score", "--model", Shell.MODEL, "--prompt", "How good?", WIDE)
                        .status())
                .isEqualTo(ExitCode.USAGE);
        assertThat(Shell.deqa().status()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void thePromptIsASetting() throws IOException {
        JsonNode expected = Golden.json(Shell.MODEL.resolve("expected.json"));
        String text =
                "USER: How would you rate the quality of this image?\n<|image|> ASSISTANT: The quality of the image is";
        for (String prompt : List.of("evaluation", text)) {
            Shell run = Shell.deqa("score", "--model", Shell.MODEL, "--format", "jsonl", "--prompt", prompt, WIDE);

            assertThat(JSON.readTree(run.out()).get("score").doubleValue())
                    .isCloseTo(expected.get("evaluation.score").get(0).doubleValue(), within(1e-5));
        }
    }

    @Test
    void anAdapterNeedsItsBase() throws IOException {
        Path adapter = Golden.mini().resolve("model-lora");
        JsonNode expected = Golden.json(adapter.resolve("expected.json"));

        Shell alone = Shell.deqa("score", "--model", adapter, WIDE);
        Shell run = Shell.deqa("score", "--model", adapter, "--base", Shell.MODEL, "--format", "jsonl", WIDE);

        assertThat(alone.status()).isEqualTo(ExitCode.USAGE);
        assertThat(alone.err()).contains("set \"base\" to the directory of the model that it adapts (--base)");
        assertThat(JSON.readTree(run.out()).get("score").doubleValue())
                .isCloseTo(expected.get("score").get(0).doubleValue(), within(1e-5));
    }
}
