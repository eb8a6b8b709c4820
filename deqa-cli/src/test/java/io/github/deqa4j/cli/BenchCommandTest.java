package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    private static final Path COMPACT = Golden.mini().resolve("compact");
    private static final Path WIDE = Shell.image("s0_97x61.png");
    private static final Path TALL = Shell.image("s1_61x97.png");

    @Test
    void aLargeNetworksReportIsOneJsonObject() throws IOException {
        Shell run = Shell.deqa(
                "bench",
                "--model",
                Shell.MODEL,
                "--precision",
                "bf16",
                "--batch",
                2,
                "--runs",
                2,
                "--format",
                "json",
                WIDE,
                TALL,
                WIDE);

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.lines()).hasSize(1);
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.fieldNames())
                .toIterable()
                .containsExactly(
                        "version",
                        "machine",
                        "model",
                        "batch",
                        "batchReason",
                        "runs",
                        "warmUpRuns",
                        "images",
                        "loadMs",
                        "imagesPerSecond",
                        "imageMs",
                        "passMs",
                        "stages",
                        "floorMs",
                        "shareOfFloor",
                        "memory");
        assertThat(report.at("/model/kind").asText()).isEqualTo("mplug_owl2");
        assertThat(report.at("/model/precision").asText()).isEqualTo("bf16");
        assertThat(report.at("/model/prompt").asText()).isEqualTo("scorer");
        assertThat(report.at("/images").intValue()).isEqualTo(3);
        assertThat(report.at("/runs").intValue()).isEqualTo(2);
        assertThat(report.at("/passMs/median").doubleValue())
                .isCloseTo(2 * report.at("/imageMs").doubleValue(), within(1e-9));
        assertThat(report.at("/shareOfFloor").doubleValue()).isPositive();
        for (String peak : List.of("float32FlopsPerSecond", "bf16FlopsPerSecond", "int8FlopsPerSecond")) {
            assertThat(report.at("/machine/" + peak).doubleValue()).isPositive();
        }
        assertThat(report.at("/machine/readBytesPerSecond").doubleValue()).isPositive();
        assertThat(stages(report)).startsWith("decode", "prepare");
        requireParts(report);
    }

    /** The stages of a pass take no more than the pass, and the memory after it no more than at its peak. */
    private static void requireParts(JsonNode report) {
        double shares = 0;
        double ms = 0;
        for (JsonNode stage : report.get("stages")) {
            shares += stage.get("shareOfTime").doubleValue();
            ms += stage.get("imageMs").doubleValue();
        }
        assertThat(shares).isPositive().isLessThanOrEqualTo(1);
        assertThat(ms).isPositive().isLessThanOrEqualTo(report.get("imageMs").doubleValue() + 1e-9);
    }

    private static List<String> stages(JsonNode report) {
        return report.findValues("stage").stream().map(JsonNode::asText).toList();
    }

    @Test
    void aSmallNetworksReportIsATable() {
        Shell run = Shell.deqa("bench", "--model", COMPACT, "--runs", 1, "--batch", "auto");

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .startsWith("model           " + COMPACT + ", deqa_compact, float32, prompt none\n")
                .containsPattern("matrix peak +float32 \\d+, bf16 \\d+, int8 \\d+ GFLOP/s\n")
                .containsPattern("read bandwidth +\\d+\\.\\d GB/s\n")
                .containsPattern("\nbatch +1 \\((measured to be the fastest|this processor gives .*)\\)\n")
                .containsPattern(
                        "a pass of 1 +median \\S+ ms, 90 % within \\S+, 99 % within \\S+ \\(1 measured, after 3 others\\)\n")
                .containsPattern("\nstage +ms/image +time +floor ms +of floor\n");
        List<List<String>> stages = Stream.of(run.lines())
                .filter(line -> line.matches("(decode|prepare|trunk|head|all) .*"))
                .map(line -> List.of(line.replace(" %", "").split(" +")))
                .toList();
        assertThat(stages)
                .extracting(stage -> stage.get(0))
                .containsExactly("decode", "prepare", "trunk", "head", "all");
        assertThat(stages.get(0).subList(3, 5)).containsExactly("-", "-");
        double trunk = Double.parseDouble(stages.get(2).get(3));
        double head = Double.parseDouble(stages.get(3).get(3));
        assertThat(Double.parseDouble(stages.get(4).get(3))).isPositive().isCloseTo(trunk + head, within(0.011));
        assertThat(stages.get(4).get(2)).isEqualTo("100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--batch 0|batch is 0; it must be from 1 to 256 (--batch)",
                "--runs 0|\"runs\" is 0; it must be at least 1 (--runs)",
                "--device cuda:0|deqa bench has no option \"--device\" (deqa bench --help tells more)",
                "--format xml|--format is \"xml\"; it must be table or json (deqa bench --help tells more)"
            })
    void wrongUsageIsOneSentence(String options, String problem) {
        Shell run = Shell.deqa((Object[]) ("bench " + options).split(" "));

        assertThat(run).isEqualTo(new Shell(ExitCode.USAGE, "", "deqa: " + problem + "\n"));
    }

    @Test
    void helpListsOnlyWhatIsAccepted() {
        assertThat(Shell.deqa("bench", "--help").out()).contains("--batch").doesNotContain("--device");
        assertThat(Shell.deqa("score", "--help").out()).contains("--device");
    }

    @Test
    void imagesOfSeveralSizesDoNotGoTogether() {
        assertThat(Shell.deqa("bench", "--model", COMPACT, "--batch", 2, WIDE, TALL))
                .isEqualTo(
                        new Shell(
                                ExitCode.USAGE,
                                "",
                                "deqa: images of 97×61 and 61×97 prepared pixels cannot go through the network together; give images of one size or set \"batch\" to 1 (--batch)\n"));
    }

    @Test
    void anImageThatIsNotThereIsNamed() {
        Path none = Shell.image("none.png");

        assertThat(Shell.deqa("bench", "--model", COMPACT, none))
                .isEqualTo(new Shell(ExitCode.SOME_FAILED, "", "deqa: " + none + ": there is no such file\n"));
    }

    @Test
    void aModelThatIsNotThereCannotBeMeasured() {
        assertThat(Shell.deqa("bench", "--model", Shell.image("none")).status()).isEqualTo(ExitCode.NO_MODEL);
    }
}
