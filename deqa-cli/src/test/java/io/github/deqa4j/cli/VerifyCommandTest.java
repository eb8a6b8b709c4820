package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    private Path directory;

    @Test
    void theMiniModelAgreesWithTheAuthors() {
        Shell shell = Shell.deqa("dev", "verify", Shell.MODEL);

        assertThat(shell.status()).isZero();
        assertThat(shell.out()).startsWith(Shell.MODEL + ": ").endsWith(", 0 above 1e-04\n");
    }

    @Test
    void theMiniAdapterAgreesWithTheAuthors() {
        Path adapter = Shell.MODEL.resolveSibling("model-lora");

        Shell shell = Shell.deqa("dev", "verify", adapter, "--base", Shell.MODEL);

        assertThat(shell.err()).isEmpty();
        assertThat(shell.status()).isZero();
        assertThat(shell.out()).startsWith(adapter + ": 48 numbers compared, ").endsWith(", 0 above 1e-04\n");
    }

    @Test
    void anAdapterWithoutItsBaseIsAnError() {
        Shell shell = Shell.deqa("dev", "verify", Shell.MODEL.resolveSibling("model-lora"));

        assertThat(shell.status()).isEqualTo(3);
        assertThat(shell.err())
                .contains("this is a LoRA adapter; set \"base\" to the directory of the model that it adapts");
    }

    @Test
    void aNumberThatDiffersIsShown() throws IOException {
        try (Stream<Path> files = Files.list(Shell.MODEL)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
        Files.copy(Shell.MODEL.resolveSibling("tokenizer.model"), directory.resolve("tokenizer.model"));
        Path answers = directory.resolve("expected.json");
        Files.writeString(
                answers, Files.readString(answers).replaceFirst("\"rank\": 0.026047106832265854", "\"rank\": 0.03"));

        Shell shell = Shell.deqa("dev", "verify", directory);

        assertThat(shell.status()).isEqualTo(1);
        assertThat(shell.out())
                .contains(", 1 above 1e-04\n  released: rank: 0.0260")
                .endsWith("the authors have 0.03\n");
    }

    @Test
    void aFolderWithoutRecordedOutputsIsAnError() throws IOException {
        Path missing = directory.resolve("missing");
        Path file = directory.resolve("expected.json");
        assertUnusable(
                missing, missing + ": there is no such folder; name one with a model and expected.json beside it");
        assertUnusable(
                directory,
                file
                        + ": this file is missing; it holds the recorded outputs of the authors' code, so name a folder that"
                        + " has it");
        Files.writeString(file, "{\"train\":");
        assertUnusable(directory, file + ": this is not valid JSON; get a complete copy of the recorded outputs");
    }

    private static void assertUnusable(Path folder, String problem) {
        assertThat(Shell.deqa("dev", "verify", folder))
                .isEqualTo(new Shell(ExitCode.NO_MODEL, "", "deqa: " + problem + "\n"));
    }

    @Test
    void helpShowsTheCommand() {
        assertThat(Shell.deqa("--help").out()).containsPattern("\\n +dev +Commands for developers");
        assertThat(Shell.deqa("help", "dev").out()).contains("verify", "start-compact", "pack-compact");
        assertThat(Shell.deqa("dev", "verify", "--help").out()).startsWith("Usage: deqa dev verify");
        assertThat(Shell.deqa("help", "dev", "verify")).isEqualTo(Shell.deqa("dev", "verify", "--help"));
        assertThat(Shell.deqa("help", "dev", "verfy").err())
                .startsWith("deqa: \"verfy\" is not a deqa dev command; did you mean verify?");
    }
}
