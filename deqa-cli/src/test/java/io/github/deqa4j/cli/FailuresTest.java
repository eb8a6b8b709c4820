package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.ScoringException;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import io.github.deqa4j.score.Outcome;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void anImageThatNeedsMoreMemorySaysWhereToGiveIt() {
        assertThat(of(new UnreadableImageException(Reason.MEMORY, "a.png: too much; use -Xmx")))
                .isEqualTo("a.png: too much; use -Xmx; deqa takes -Xmx from DEQA_JAVA_OPTIONS");
        assertThat(of(new OutOfMemoryError()))
                .startsWith("a.png: the image does not fit into memory; ")
                .endsWith("which deqa takes from DEQA_JAVA_OPTIONS");
    }

    /** A file may be called so. */
    @Test
    void otherFailuresAreToldAsTheyAre() {
        assertThat(of(new UnreadableImageException(Reason.DAMAGED, "-Xmx.png: the file is empty")))
                .isEqualTo("-Xmx.png: the file is empty");
        assertThat(of(new ScoringException("no score"))).isEqualTo("a.png: no score");
    }

    private static String of(Throwable error) {
        return Failures.of("a.png", new Outcome.Failed<>("a.png", error));
    }
}
