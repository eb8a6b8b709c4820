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
    void aFolderWithoutAnswersIsAnError() {
        Shell shell = Shell.deqa("dev", "verify", directory);

        assertThat(shell.status()).isEqualTo(3);
        assertThat(shell.err())
                .isEqualTo("deqa: " + directory.resolve("expected.json")
                        + ": the recorded answers are missing or not valid JSON\n");
    }

    @Test
    void helpShowsTheCommand() {
        assertThat(Shell.deqa("--help").out()).containsPattern("\\n +dev +Commands for developers");
        assertThat(Shell.deqa("help", "dev").out()).contains("verify", "start-compact", "pack-compact");
        assertThat(Shell.deqa("dev", "verify", "--help").out()).startsWith("Usage: deqa dev verify");
    }
}
