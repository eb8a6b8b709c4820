package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.testkit.Golden;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeCommandTest {
    private static final Path TOKENIZER = Golden.mini().resolve("tokenizer.model");

    @TempDir
    Path folder;

    @Test
    void aCopyIsWrittenAndDescribed() {
        Path copy = folder.resolve("copy");

        Shell run = Shell.deqa("quantize", Shell.MODEL, "--to", "int8", "--output", copy, "--tokenizer", TOKENIZER);

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.lines()).hasSize(11).startsWith("mean loss  worst token  layer");
        assertThat(run.err())
                .endsWith(copy + ": 50 of 50 linear layers have weights of 8-bit integers; quantization.json has the"
                        + " losses of all\n");
        assertThat(Shell.deqa("inspect", copy).out())
                .contains("quantized       8-bit integers in 50 linear layers\nnot quantized   1\n")
                .contains("lm_head");
        assertThat(Shell.deqa("score", "--model", copy, Shell.image("s0_97x61.png"))
                        .status())
                .isEqualTo(ExitCode.OK);
        assertThat(Shell.deqa("score", "--model", copy, "--precision", "bf16", Shell.image("s0_97x61.png"))
                        .err())
                .contains("the weights of this model are 8-bit integers")
                .endsWith("(--precision)\n");
    }

    @Test
    void layersCanBeKept() {
        Path copy = folder.resolve("copy");

        Shell run = Shell.deqa(
                "quantize",
                Shell.MODEL,
                "--to",
                "int8",
                "--output",
                copy,
                "--tokenizer",
                TOKENIZER,
                "--largest-loss",
                "1e-9",
                "--images",
                Shell.image("s0_97x61.png"));

        assertThat(run.lines()).hasSize(51);
        assertThat(run.out()).contains("model.layers.0.mlp.down_proj (kept in bf16)");
        assertThat(run.err()).contains(": 0 of 50 linear layers");
    }

    /** A Ctrl-C does the same, but a shell may have its children ignore it. The images are far more than are measured meanwhile. */
    @Test
    void aSignalLeavesNothingHalfWritten() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Deqa.class.getName(),
                "quantize",
                Shell.MODEL.toString(),
                "--tokenizer",
                TOKENIZER.toString(),
                "--to",
                "int8",
                "--output",
                folder.resolve("copy").toString(),
                "--images"));
        command.addAll(Collections.nCopies(4_000, Shell.image("s0_97x61.png").toString()));
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = run.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("measuring")) {
                    run.toHandle().destroy();
                }
                said.add(line);
            }
        }

        assertThat(run.waitFor()).isEqualTo(128 + 15);
        assertThat(said).endsWith("stopping …", "deqa: stopped; nothing was written");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void otherFormatsAreRefused() {
        assertRefused(
                "int4",
                "--to int4 is not offered: libtorch multiplies by 4-bit weights more slowly than by bf16"
                        + " ones; use --to int8");
        assertRefused("fp8", "--to is \"fp8\"; it must be int8");
    }

    private void assertRefused(String format, String problem) {
        assertThat(Shell.deqa("quantize", Shell.MODEL, "--to", format, "--output", folder.resolve("copy")))
                .isEqualTo(new Shell(ExitCode.USAGE, "", "deqa: " + problem + "\n"));
    }
}
