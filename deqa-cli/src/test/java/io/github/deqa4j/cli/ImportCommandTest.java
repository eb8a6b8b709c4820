package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String KADID = """
                dist_img,ref_img,dmos,var
                I01_01_01.png,I01.png,4.5,0.25
                I01_01_05.png,I01.png,1.5,0.25
                I02_01_01.png,I02.png,4.75,0.25
                I02_01_05.png,I02.png,2.0,0.25
                """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeDataset() throws IOException {
        Files.writeString(folder.resolve("dmos.csv"), KADID);
        Files.createDirectory(folder.resolve("out"));
    }

    private Shell deqaImport(String... words) {
        Object[] args = new Object[words.length + 1];
        args[0] = "import";
        System.arraycopy(words, 0, args, 1, words.length);
        return Shell.deqa(args);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void aDataSetBecomesOpinionsAndASplit() throws IOException {
        Shell run = deqaImport("kadid", folder.toString(), "--output", at("out"));

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .startsWith("""
                kadid: 4 images, mos 1.500 to 4.750, std 0.5000 to 0.5000
                split (drawn by reference with the ratio 0.8 and the seed 131): 2 for training, 2 for the test, 0 in neither
                warning: there are 4 images; the published set has 10,125
                """)
                .endsWith("note: the images were not looked for; give their folder (--images)\n");
        assertThat(Files.readString(folder.resolve("out/mos.json")))
                .startsWith(
                        "{\n    \"I01_01_01.png\": {\n        \"mos\": \"4.5\",\n        \"std\": \"0.5\"\n    },\n");
        assertThat(Files.readString(folder.resolve("out/split.json")))
                .contains("\"train\"")
                .contains("\"test\"");
    }

    @Test
    void aListNamesTheTest() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "I02_01_01.png\r\n\r\nI02_01_05.png\r\n");

        Shell run = deqaImport("kadid", folder.toString(), "--output", at("out"), "--test-list", list.toString());

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(folder.resolve("out/split.json"))).isEqualTo("""
                {
                    "train": [
                        "I01_01_01.png",
                        "I01_01_05.png"
                    ],
                    "test": [
                        "I02_01_01.png",
                        "I02_01_05.png"
                    ]
                }""");
    }

    @Test
    void aTableOfOnesOwnIsReadByItsColumns() throws IOException {
        Path table = Files.writeString(folder.resolve("mine.csv"), "pic;who;vote\na;1;1,5\na;2;2,5\nb;1;4\nb;2;4\n");

        Shell run = deqaImport(
                "csv",
                table.toString(),
                "--output",
                at("out"),
                "--picture-column",
                "pic",
                "--rating-column",
                "vote",
                "--separator",
                ";",
                "--decimal-comma",
                "--split-ratio",
                "0.5",
                "--seed",
                "3");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("""
                csv: 2 images, mos 2.000 to 4.000, std 0.000 to 0.7071
                split (drawn with the ratio 0.5 and the seed 3): 1 for training, 1 for the test, 0 in neither
                warning: 1 standard deviations are 0: "b"
                """);
    }

    @Test
    void aMeanOutsideTheScaleIsRefused() throws IOException {
        Path table = Files.writeString(folder.resolve("mine.csv"), "image,mos,std\na,-1.5,1\nb,2.5,1\n");

        Shell run = deqaImport("csv", table.toString(), "--output", at("new/out"), "--scale", "-2,2");

        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.err())
                .isEqualTo("deqa: " + table
                        + ": line 3: \"mos\" is 2.5; it must lie between -2.0 and 2.0, the ends of the given scale\n");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void theFolderIsMade() throws IOException {
        Path table = Files.writeString(folder.resolve("mine.csv"), "image,mos,std\na,-1.5,1\nb,2,1\n");

        Shell run = deqaImport("csv", table.toString(), "--output", at("new/out"), "--scale", "-2,2");

        assertThat(run.err()).isEmpty();
        assertThat(folder.resolve("new/out/mos.json")).exists();
    }

    @Test
    void theLayoutsAreListed() {
        Shell run = deqaImport("--list");

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.lines())
                .hasSize(11)
                .contains("kadid     dmos.csv: dist_img, ref_img, dmos (more is better), var (the variance)");
    }

    @Test
    void aDataSetWithErrorsIsNotWritten() throws IOException {
        Files.writeString(folder.resolve("dmos.csv"), KADID.replace("4.5", "45"));

        Shell run = deqaImport("kadid", folder.toString(), "--output", at("out"));

        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out()).contains("error: 1 means lie outside 1.0 to 5.0: \"I01_01_01.png\"\n");
        assertThat(run.err())
                .isEqualTo("deqa: " + folder
                        + ": the data set kadid has errors, so nothing is written; the report names them\n");
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void filesThatCannotBeReadAreOneSentence() throws IOException {
        Files.writeString(folder.resolve("dmos.csv"), KADID.replace("I02.png,2.0", "I02.png,x"));

        Shell run = deqaImport("kadid", folder.toString(), "--output", at("out"));

        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.err())
                .isEqualTo("deqa: " + at("dmos.csv") + ": line 5: \"dmos\" holds \"x\"; it must be a finite number\n");
    }

    @Test
    void wrongUsageIsOneSentence() {
        expectUsage("name a layout, a folder and where to write: deqa import NAME DIR --output DIR", "kadid", at(""));
        expectUsage(
                "\"cadid\" is no layout; there are koniq, spaq, kadid, pipal, livewild, agiqa3k, tid2013, csiq, ava, csv, json",
                "cadid",
                at(""),
                "--output",
                at("out"));
        expectUsage(
                at("dmos.csv") + ": this is a file; name a folder to write to",
                "kadid",
                at(""),
                "--output",
                at("dmos.csv"));
        expectUsage(
                "Invalid value for option '--scale': \"5,1\" is no scale; write its lower and its upper end with a"
                        + " comma between, such as 1,5 (deqa import --help tells more)",
                "csv",
                at("x"),
                "--output",
                at("out"),
                "--scale",
                "5,1");
        expectUsage(
                "votes are for the grades 1, 2, …, so leave out --scale",
                "csv",
                at("x"),
                "--output",
                at("out"),
                "--scale",
                "1,2",
                "--vote-columns",
                "a,b");
        expectUsage(
                "the split ratio is 1.5; it must lie between 0 and 1",
                "kadid",
                at(""),
                "--output",
                at("out"),
                "--split-ratio",
                "1.5");
        expectUsage(
                "--test-list settles the split, so leave out --split-ratio and --seed",
                "kadid",
                at(""),
                "--output",
                at("out"),
                "--test-list",
                at("x"),
                "--seed",
                "1");
        expectUsage(
                "options of columns are for csv and json; kadid has columns of its own",
                "kadid",
                at(""),
                "--output",
                at("out"),
                "--mean-column",
                "m");
        expectUsage(
                "numbers with a decimal comma need another separator than the comma, such as ;",
                "csv",
                at("x"),
                "--output",
                at("out"),
                "--decimal-comma");
        expectUsage(
                "give --mean-column and --std-column, or --rating-column, or --vote-columns: opinions have one form",
                "csv",
                at("x"),
                "--output",
                at("out"),
                "--mean-column",
                "m",
                "--rating-column",
                "r");
        expectUsage(
                "--separator is \"semi\"; it must be one character or the word tab",
                "csv",
                at("x"),
                "--output",
                at("out"),
                "--separator",
                "semi");
        expectUsage(
                "--separator and --decimal-comma are for csv, not for json",
                "json",
                at("x"),
                "--output",
                at("out"),
                "--separator",
                ";");
    }

    @Test
    void optionsThatReadTheTableAreNamed() throws IOException {
        expectFormatProblem("image;mos;std\na;3,4;1\n", " (--separator ';', --decimal-comma)\n");
        expectFormatProblem("image\tmos\tstd\na\t3.4\t1\n", " (--separator tab)\n");
        expectFormatProblem("image,mos,std\na,\"3,4\",1\n", " (--decimal-comma)\n");
        expectFormatProblem("image,mos,std\na,3.4,1\n", " (leave out --separator)\n", "--separator", ";");
    }

    private void expectFormatProblem(String text, String end, String... options) throws IOException {
        Path table = Files.writeString(folder.resolve("mine.csv"), text);
        List<String> words = new ArrayList<>(List.of("csv", table.toString(), "--output", at("out")));
        words.addAll(List.of(options));
        Shell run = deqaImport(words.toArray(String[]::new));

        assertThat(run.err()).startsWith("deqa: " + table + ": line ").endsWith(end);
        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
    }

    private void expectUsage(String message, String... words) {
        Shell run = deqaImport(words);

        assertThat(run.err()).isEqualTo("deqa: " + message + "\n");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
    }
}
