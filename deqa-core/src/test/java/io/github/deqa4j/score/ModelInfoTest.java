package io.github.deqa4j.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelInfoTest {
    private static final ModelInfo INFO =
            new ModelInfo("/models/a", "deqa_compact", "0123456789abcdef".repeat(4), "float32", "none", false, "0.1.0");
    private static final String LINE =
            "model=deqa_compact:0123456789abcdef precision=float32 prompt=none exif=ignored version=0.1.0";

    @Test
    void theIdentityIsOneLineWithoutTheName() {
        assertThat(INFO.identity()).isEqualTo(LINE);
        assertThat(INFO.difference(LINE)).isEmpty();
    }

    @Test
    void whatDiffersIsNamedWithBothValues() {
        assertThat(INFO.difference(LINE.replace("float32", "bf16"))).contains("precision bf16 instead of float32");
        assertThat(INFO.difference(LINE.replace("ignored", "applied").replace("0.1.0", "0.0.9")))
                .contains("exif applied instead of ignored, version 0.0.9 instead of 0.1.0");
        assertThat(INFO.difference(LINE.replace("cdef ", "cdee ")))
                .contains("model deqa_compact:0123456789abcdee instead of deqa_compact:0123456789abcdef");
        assertThat(INFO.difference(LINE.replace(" prompt=none", ""))).contains("prompt unknown instead of none");
        assertThat(INFO.difference(LINE + " more=1")).contains("an identity of another form");
    }

    @Test
    void scoresOfAnotherViewHaveAnotherIdentity() {
        DetailSettings detail = new DetailSettings(16, -3);
        String line = LINE + " view=detail:16:-3";

        assertThat(INFO.identity(View.WHOLE, detail)).isEqualTo(LINE);
        assertThat(INFO.identity(View.DETAIL, detail)).isEqualTo(line);
        assertThat(INFO.identity(View.BOTH, detail)).isEqualTo(LINE + " view=both:16:-3");
        assertThat(INFO.difference(line, View.DETAIL, detail)).isEmpty();
        assertThat(INFO.difference(line)).contains("view detail:16:-3 instead of whole");
        assertThat(INFO.difference(LINE, View.BOTH, detail)).contains("view whole instead of both:16:-3");
        assertThat(INFO.difference(line, View.DETAIL, detail.withSeed(1)))
                .contains("view detail:16:-3 instead of detail:16:1");
    }
}
