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

class ConfigNodeTest {
    @TempDir
    private Path directory;

    @Test
    void numbersAreReadInOrder() throws IOException {
        assertThat(read("{\"mean\":[0.5,1,-2e-1]}").numbers("mean", 3)).containsExactly(0.5, 1, -0.2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "[1,2,3,4]", "[1,2,\"3\"]", "[1,2,null]", "7", "{}"})
    void numbersMustBeSoMany(String wrong) throws IOException {
        ConfigNode node = read("{\"mean\":" + wrong + "}");

        assertThatThrownBy(() -> node.numbers("mean", 3))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(node.file() + ": \"mean\" is " + wrong + "; it must be an array of 3 numbers");
    }

    @Test
    void aDefaultStandsForAnAbsentOrNullKeyOnly() throws IOException {
        ConfigNode node = read("{\"size\":7,\"eps\":0.5,\"none\":null,\"zero\":0}");

        assertThat(node.positiveInt("size", 3)).isEqualTo(7);
        assertThat(node.positiveInt("none", 3)).isEqualTo(3);
        assertThat(node.positiveInt("absent", 3)).isEqualTo(3);
        assertThat(node.positive("eps", 2)).isEqualTo(0.5);
        assertThat(node.positive("absent", 2)).isEqualTo(2);
        assertThatThrownBy(() -> node.positiveInt("zero", 3))
                .hasMessage(node.file() + ": \"zero\" is 0; it must be a positive whole number");
    }

    private ConfigNode read(String content) throws IOException {
        return ConfigNode.read(Files.writeString(directory.resolve("settings.json"), content));
    }
}
