package io.github.deqa4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitFileTest {
    @TempDir
    Path folder;

    @Test
    void theReleasedFileIsReadAndWrittenToTheByte() {
        Path released = Golden.external("labels/split.json");
        Path copy = folder.resolve("copy.json");

        SplitFile.read(released).write(copy);

        assertThat(copy).hasSameBinaryContentAs(released);
    }

    @Test
    void oneSideMayBeMissing() throws IOException {
        SplitFile split = SplitFile.read(json("{\"test\": [\"a\", \"b\"], \"note\": 1}"));
        assertThat(split.train()).isEmpty();
        assertThat(split.test()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3; the file holds a single value; wanted is a split.json, a JSON object",
                "{\"train\": []}; the split is empty; name images under \"train\", \"test\" or both",
                "{\"train\": [\"a\"], \"test\": [\"b\", \"a\"]}; \"a\" is in \"train\" and in \"test\"; keep it in one of them",
                "{\"train\": [\"a\", \"a\"]}; \"a\" is in \"train\" twice; keep one",
                "{\"train\": \"a\"}; \"train\" is \"a\"; it must be an array",
                "{\"train\": [\"a\", 7]}; \"train\", element 2 is 7; it must be a text"
            })
    void whatIsWrongIsSaid(String text) throws IOException {
        String content = text.substring(0, text.indexOf("; "));
        Path file = json(content);
        assertThatThrownBy(() -> SplitFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": " + text.substring(content.length() + 2));
    }

    private Path json(String text) throws IOException {
        return Files.writeString(folder.resolve("split.json"), text);
    }
}
