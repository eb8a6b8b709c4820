package io.github.deqa4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.config.CompactConfig.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactConfigTest {
    private static final CompactConfig CONFIG = new CompactConfig(
            4,
            List.of(new Stage(2, 3), new Stage(5, 1)),
            6,
            0.25,
            new ImageLimits(5000, 16),
            new ColorNormalization(List.of(0.5, 0.25, 0.125), List.of(1.0, 2.0, 1 / 255.0)));

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("config.json");
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        CONFIG.write(file());

        assertThat(CompactConfig.read(file())).isEqualTo(CONFIG);
        assertThat(ModelType.read(ConfigNode.read(file()))).isEqualTo(ModelType.DEQA_COMPACT);
    }

    @Test
    void theHeadReadsTwoStatisticsOfFourTimesTheWidthOfEveryStage() {
        assertThat(CONFIG.statistics()).isEqualTo(2 * 4 * (2 + 5));
    }

    @Test
    void everyStageButTheFirstDoublesTheSideOfACell() {
        assertThat(CONFIG.cell()).isEqualTo(8);
    }

    @Test
    void stagesThatLeaveNothingOfAImageAreTooMany() throws IOException {
        List<Stage> stages = Collections.nCopies(25, new Stage(2, 1));
        new CompactConfig(4, stages, 6, 0.25, CONFIG.images(), CONFIG.colors()).write(file());

        assertThatThrownBy(() -> CompactConfig.read(file()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(file() + ": " + quoted("'trunk.stages' has 25 stages; it must have at most 24"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'largest_area' : 5000   | 'largest_area' : 255      | 'pictures.least_side' is 16, a square of which has more pixels than 'largest_area' 255
            'largest_area' : 5000   | 'largest_area' : 67108865 | 'pictures.largest_area' is 67108865; it must be at most 67108864
            'least_side' : 16       | 'least_side' : 0          | 'pictures.least_side' is 0; it must be a positive whole number
            'width' : 5             | 'width' : 65537           | 'trunk.stages[1].width' is 65537; it must be at most 65536
            'blocks' : 3            | 'blocks' : 1001           | 'trunk.stages[0].blocks' is 1001; it must be at most 1000
            'dropout' : 0.25        | 'dropout' : 1             | 'head.dropout' is 1; it must be a number from 0 to below 1
            0.5, 0.25               | 0.5, 123.68               | 'image_mean' is [0.5, 123.68, 0.125]; each number must be from 0 to 1
            1.0, 2.0                | 1.0, 0.0                  | 'image_std' is [1.0, 0.0, 0.00392156862745098]; each number must be above 0
            'deqa_compact'          | 'mplug_owl2'              | 'model_type' is 'mplug_owl2'; it must be 'deqa_compact', which alone is supported
            """)
    void impossibleValuesAreNamed(String from, String to, String problem) throws IOException {
        CONFIG.write(file());
        String written = Files.readString(file());
        assertThat(written).contains(quoted(from));
        Files.writeString(file(), written.replaceFirst(quoted(from), quoted(to)));

        assertThatThrownBy(() -> CompactConfig.read(file()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(file() + ": " + quoted(problem));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trunk",
                "stem_width",
                "stages",
                "head",
                "hidden_size",
                "dropout",
                "pictures",
                "largest_area",
                "least_side",
                "image_mean",
                "image_std"
            })
    void noKeyMayBeMissing(String key) throws IOException {
        CONFIG.write(file());
        Files.writeString(file(), Files.readString(file()).replaceFirst(quoted("'" + key + "'"), quoted("'other'")));

        assertThatThrownBy(() -> CompactConfig.read(file()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageEndingWith(key + "\" is missing; the file cannot be used without it");
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }
}
