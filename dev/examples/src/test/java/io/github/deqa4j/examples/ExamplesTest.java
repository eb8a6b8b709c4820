package io.github.deqa4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The README's programs run and print what the network answers. */
class ExamplesTest {
    private static final String MODEL = Golden.mini().resolve("model").toString();
    private static final String IMAGE =
            Golden.mini().resolve("images/s0_97x61.png").toString();

    @Test
    void scoreImagePrintsScoreAndSpread() {
        try (Scorer scorer = Scorers.open(ModelSource.bundled())) {
            QualityScore quality = scorer.score(Path.of(IMAGE));

            assertThat(output(ScoreImage::main, IMAGE))
                    .startsWith(String.format(Locale.getDefault(), "%.2f ± %.2f ", quality.score(), quality.std()));
        }
    }

    @Test
    void scoreBatchPrintsALineForEachImage() {
        String[] lines = output(ScoreBatch::main, MODEL, IMAGE, "gone.png", IMAGE)
                .lines()
                .toArray(String[]::new);

        assertThat(lines).hasSize(3);
        assertThat(lines[0]).isEqualTo(lines[2]).startsWith(IMAGE).matches(".*: [1-5]\\.\\d+");
        assertThat(lines[1]).isEqualTo("gone.png: there is no such file");
    }

    private static String output(Consumer<String[]> program, String... args) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            program.accept(Arrays.copyOf(args, args.length));
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
