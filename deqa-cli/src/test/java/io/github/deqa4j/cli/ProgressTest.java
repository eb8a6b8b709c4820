package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now;

    @Test
    void aPipedRunPrintsALineNowAndThen() {
        try (Progress progress = progress(false, 100)) {
            for (int i = 0; i < 20; i++) {
                now += SECOND;
                progress.step();
            }
        }
        assertThat(text()).isEqualTo("15 of 100 images, 1.0/s, 1 min 25 s left\n");
    }

    @Test
    void aScreenShowsABarThatNeverWrapsAndIsRemoved() {
        try (Progress progress = progress(true, 4)) {
            now += 10 * SECOND;
            progress.step();
        }
        String[] drawn = text().split("\r", -1);
        assertThat(drawn[1]).hasSize(59).startsWith("██████░░").contains("1 of 4 images, 10.0 s each");
        assertThat(drawn[2]).isBlank().hasSize(59);
    }

    @Test
    void aLineDoesNotStandInTheBar() {
        try (Progress progress = progress(true, 4)) {
            now += 10 * SECOND;
            progress.step();
            progress.line("one failed");
        }
        assertThat(text()).endsWith(" ".repeat(59) + "\rone failed\n");
    }

    @Test
    void afterTheLastOneItSaysWhatComesNext() {
        try (Progress progress = progress(false, 2)) {
            progress.stepThen("more");
            assertThat(text()).isEmpty();
            progress.stepThen("more");
        }
        assertThat(text()).isEqualTo("more\n");
    }

    @Test
    void aShortRunPrintsNothing() {
        try (Progress progress = progress(false, 2)) {
            progress.step();
            progress.step();
        }
        assertThat(text()).isEmpty();
    }

    private Progress progress(boolean bar, long total) {
        return new Progress(new PrintStream(bytes, false, StandardCharsets.UTF_8), bar, 60, "images", total, () -> now);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
