package io.github.deqa4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MosFileTest {
    @TempDir
    Path folder;

    @Test
    void opinionsKeepTheirOrderAndTheirDigits() throws IOException {
        MosFile file =
                MosFile.read(json("{\"b/2.jpg\": {\"mos\": \"3.40\", \"std\": \"0.5\"}, \"1.jpg\": {\"mos\": 2}}"));

        assertThat(file.opinions())
                .containsExactly(
                        new Opinion("b/2.jpg", 3.4, OptionalDouble.of(0.5), "3.40"),
                        new Opinion("1.jpg", 2, OptionalDouble.empty(), "2"));
        assertThat(file.opinions().get(0).basename()).isEqualTo("2.jpg");
    }

    @Test
    void theReleasedFileIsReadAndWrittenToTheByte() {
        Path released = Golden.external("labels/mos.json");
        Path copy = folder.resolve("copy.json");

        MosFile.read(released).write(copy);

        assertThat(copy).hasSameBinaryContentAs(released);
    }

    @Test
    void namesOutsideAsciiAreEscapedAsPythonEscapesThem() {
        Path file = folder.resolve("mos.json");
        new MosFile(List.of(Opinion.of("é.jpg", 1.5, OptionalDouble.empty()))).write(file);
        assertThat(file).hasContent("{\n    \"\\u00e9.jpg\": {\n        \"mos\": \"1.5\"\n    }\n}");
        assertThat(MosFile.read(file).opinions().get(0).path()).isEqualTo("é.jpg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": {\"std\": \"1\"}}; \"a\" has no \"mos\"; the file cannot be used without it",
                "{\"a\": {\"mos\": \"3,4\"}}; \"a\" has \"3,4\" for \"mos\"; it must be a finite number with a decimal point",
                "{\"a\": {\"mos\": \"nan\"}}; \"a\" has \"nan\" for \"mos\"; it must be a finite number with a decimal point",
                "{\"a\": {\"mos\": NaN}}; \"a\" has NaN for \"mos\"; it must be a finite number with a decimal point",
                "{\"a\": {\"mos\": \"1e999\"}}; \"a\": the mos of \"a\" is \"1e999\"; it must be a finite number",
                "{\"a\": {\"mos\": 3, \"std\": -0.1}}; \"a\": the std of \"a\" is -0.1; a standard deviation must be finite and not negative",
                "{\"a\": 3}; \"a\" is 3; it must be an object",
                "[]; the file holds a JSON array; wanted is a mos.json, a JSON object",
                "{}; the file names no image",
                "{\"a\": {\"mos\": 1}} 2; something stands after the end of the JSON value",
                "{\"a\": {\"mos\": 1}}\n{\"b\": {\"mos\": 1}}; something stands after the end of the JSON value: the file seems"
                        + " to hold JSON lines, where one value is wanted"
            })
    void whatIsWrongIsSaid(String text) throws IOException {
        String content = text.substring(0, text.indexOf("; "));
        Path file = json(content);
        assertThatThrownBy(() -> MosFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": " + text.substring(content.length() + 2));
    }

    @Test
    void aImageMayStandOnlyOnce() throws IOException {
        Path file = json("{\"a\": {\"mos\": 1},\n \"a\": {\"mos\": 2}}");
        assertThatThrownBy(() -> MosFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": line 2, column 5: this is not valid JSON: the key \"a\" stands twice");
    }

    @Test
    void anOpinionMayStandOnlyOnce() {
        Opinion opinion = Opinion.of("a", 1, OptionalDouble.empty());
        assertThatThrownBy(() -> new MosFile(List.of(opinion, opinion)))
                .isInstanceOf(DeqaException.class)
                .hasMessage("there are two opinions of \"a\"; keep one");
    }

    @Test
    void anotherEncodingIsNamed() throws IOException {
        String text = "{\"é.jpg\": {\"mos\": 1}}";
        Map<Charset, String> names =
                Map.of(StandardCharsets.ISO_8859_1, "another encoding than UTF-8", StandardCharsets.UTF_16, "UTF-16");
        for (Map.Entry<Charset, String> name : names.entrySet()) {
            Path file = Files.write(folder.resolve("mos.json"), text.getBytes(name.getKey()));
            assertThatThrownBy(() -> MosFile.read(file))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessage(file + ": the file is in " + name.getValue() + "; save it as UTF-8");
        }
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        assertThat(MosFile.read(json("\uFEFF{\"a.jpg\": {\"mos\": 1}}")).opinions())
                .hasSize(1);
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("none.json");
        assertThatThrownBy(() -> MosFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": there is no such file");
        assertThatThrownBy(() -> MosFile.read(folder))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(folder + ": this is a folder; name a file");
    }

    @Test
    void aFileThatIsCutShortIsOneSentence() throws IOException {
        Path file = json("{\"a\": {\"mos\": 1},\n \"b\": {\"mo");
        assertThatThrownBy(() -> MosFile.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": line 2, column 11: this is not valid JSON: the text ends too soon");
    }

    private Path json(String text) throws IOException {
        return Files.writeString(folder.resolve("mos.json"), text);
    }
}
