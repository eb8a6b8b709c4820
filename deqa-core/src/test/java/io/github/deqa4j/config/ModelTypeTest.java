package io.github.deqa4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTypeTest {
    @TempDir
    private Path directory;

    @Test
    void theFileSaysWhatItDescribes() throws IOException {
        assertThat(ModelType.read(node("{\"model_type\": \"mplug_owl2\"}"))).isEqualTo(ModelType.MPLUG_OWL2);
        assertThat(ModelType.read(node("{\"model_type\": \"deqa_compact\"}"))).isEqualTo(ModelType.DEQA_COMPACT);
        assertThat(ModelType.read(node("{}"))).isEqualTo(ModelType.MPLUG_OWL2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"llama\"", "\"MPLUG_OWL2\"", "7", "[\"mplug_owl2\"]"})
    void anUnknownKindNamesTheKnownOnes(String word) throws IOException {
        Path file = file("{\"model_type\": " + word + "}");

        assertThatThrownBy(() -> ModelType.read(ConfigNode.read(file)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(file + ": \"model_type\" is " + word + "; it must be \"mplug_owl2\" or \"deqa_compact\"");
    }

    private ConfigNode node(String json) throws IOException {
        return ConfigNode.read(file(json));
    }

    private Path file(String json) throws IOException {
        return Files.writeString(directory.resolve("config.json"), json);
    }
}
