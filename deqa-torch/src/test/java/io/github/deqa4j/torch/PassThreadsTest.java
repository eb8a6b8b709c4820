package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.nn.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** How many threads compute a pass. */
class PassThreadsTest {
    private static final Path MODEL = Golden.mini().resolve("compact");

    /** In a process of its own, because the environment of the tests says how many. */
    @Test
    void aScorerSaysHowManyThreadsComputeAPass() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                MODEL.toString());
        builder.environment().remove(Engine.THREADS);
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(printed).isEqualTo("3 3");
    }

    @Test
    void theEnvironmentHasPriority() {
        try (Scorer scorer = open(MODEL)) {
            assertThat(System.getenv(Engine.THREADS)).isEqualTo("1"); // Surefire sets it
            assertThat(Engine.threads()).isEqualTo(1);
        }
    }

    @Test
    void atLeastOneThreadIsNeeded() {
        assertThatThrownBy(() -> ScorerSettings.defaults().withThreads(0))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("threads is 0; it must be at least 1");
    }

    private static Scorer open(Path model) {
        return Scorers.open(
                ModelSource.directory(model), ScorerSettings.defaults().withThreads(3));
    }

    /** Prints how many threads this thread and a new one compute with. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (Scorer scorer = open(Path.of(arguments[0]))) {
                System.out.print(Engine.threads());
                Thread other = new Thread(() -> System.out.print(" " + Engine.threads()));
                other.start();
                other.join();
            }
        }
    }
}
