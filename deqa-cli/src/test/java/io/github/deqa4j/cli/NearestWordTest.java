package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestWordTest {
    private static final List<String> WORDS = List.of("score", "inspect", "--format", "--output", "--model");

    @Test
    void aWordIsFoundByTheFewestEdits() {
        assertThat(NearestWord.of("scroe", WORDS)).contains("score");
        assertThat(NearestWord.of("inspct", WORDS)).contains("inspect");
        assertThat(NearestWord.of("--fromat", WORDS)).contains("--format");
        assertThat(NearestWord.of("--ouput", WORDS)).contains("--output");
    }

    @Test
    void theOnlyWordThatBeginsAsTypedComesFirst() {
        List<String> words = List.of("--heatmap", "--help", "--resume", "--recursive");
        assertThat(NearestWord.of("--heat", words)).contains("--heatmap");
        assertThat(NearestWord.of("--re", words)).isEmpty();
    }

    @Test
    void aWordThatIsFarFromAllIsNotGuessed() {
        assertThat(NearestWord.of("photo.jpg", WORDS)).isEmpty();
        assertThat(NearestWord.of("--colours", WORDS)).isEmpty();
    }
}
