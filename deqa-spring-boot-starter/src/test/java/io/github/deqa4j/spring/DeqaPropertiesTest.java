package io.github.deqa4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeqaPropertiesTest {
    @Test
    void theDefaultsAreThoseOfTheLibrary() {
        DeqaProperties properties = bind(Map.of());
        ScorerSettings defaults = ScorerSettings.defaults();

        assertThat(properties.settings().withWarnings(defaults.warnings())).isEqualTo(defaults);
        assertThat(properties.source(note -> {})).isEqualTo(ModelSource.bundled());
        assertThat(properties.enabled()).isTrue();
        assertThat(properties.warmUp()).isTrue();
    }

    @Test
    void everyPropertySetsItsSetting() {
        DeqaProperties properties = bind(Map.ofEntries(
                Map.entry("deqa.enabled", "false"),
                Map.entry("deqa.warm-up", "false"),
                Map.entry("deqa.model", "/models/adapter"),
                Map.entry("deqa.base", "/models/base"),
                Map.entry("deqa.tokenizer", "/models/tokenizer.model"),
                Map.entry("deqa.prompt", "evaluation"),
                Map.entry("deqa.precision", "bf16"),
                Map.entry("deqa.device", "cuda:1"),
                Map.entry("deqa.exif", "true"),
                Map.entry("deqa.max-pixels", "1000"),
                Map.entry("deqa.max-passes", "3"),
                Map.entry("deqa.batch", "8")));
        ScorerSettings settings = properties.settings();

        assertThat(properties.enabled()).isFalse();
        assertThat(properties.warmUp()).isFalse();
        assertThat(properties.source(note -> {}))
                .isEqualTo(new ModelSource.Directory(
                        Path.of("/models/adapter"),
                        Optional.of(Path.of("/models/base")),
                        Optional.of(Path.of("/models/tokenizer.model"))));
        assertThat(settings)
                .isEqualTo(new ScorerSettings(
                        Optional.of(Prompt.EVALUATION),
                        Optional.of(Precision.BF16),
                        new Device(true, 1),
                        true,
                        1000,
                        3,
                        OptionalInt.of(8),
                        OptionalInt.empty(),
                        settings.warnings()));
        assertThat(bind(Map.of("deqa.batch", "auto")).settings().batch()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "deqa.precision | half    | precision | the precision \"half\" is unknown; use float32, bf16 or int8",
                "deqa.device    | gpu     | device    | the device \"gpu\" is unknown; use cpu or cuda:N",
                "deqa.prompt    | Well?   | prompt    | the prompt contains <|image|> 0 times",
                "deqa.batch     | many    | batch     | \"many\" is no number of images; use a number from 1 to 256, or auto",
                "deqa.batch     | 0       | batch     | batch is 0; it must be from 1 to 256",
                "deqa.max-pixels| 0       | maxPixels | maxPixels is 0; it must be from 1 to 715827882",
                "deqa.max-passes| 0       | maxPasses | maxPasses is 0; it must be at least 1"
            })
    void aWrongValueIsTheErrorOfItsSetting(String property, String value, String setting, String message) {
        DeqaProperties properties = bind(Map.of(property, value));

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(properties::settings)
                .withMessageStartingWith(message)
                .satisfies(e -> assertThat(e.setting()).contains(setting));
    }

    @Test
    void aModelThatShipsHasNoBaseAndNoTokenizer() {
        assertNoSource("base", Map.of("deqa.base", "/models/base"));
        assertNoSource("tokenizer", Map.of("deqa.tokenizer", "/models/tokenizer.model"));
    }

    @Test
    void aRepositoryThatCannotBeIsNone() {
        assertNoSource("model", Map.of("deqa.model", "hub:no owner"));
        assertNoSource("base", Map.of("deqa.model", "/models/adapter", "deqa.base", "hub:../x"));
    }

    @Test
    void anEmptyPlaceIsNone() {
        assertNoSource("model", Map.of("deqa.model", ""));
        assertNoSource("base", Map.of("deqa.model", "/models/adapter", "deqa.base", " "));
        assertNoSource("model", Map.of("deqa.model", "a\0b"));
    }

    private static void assertNoSource(String setting, Map<String, String> values) {
        DeqaProperties properties = bind(values);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> properties.source(note -> {}))
                .satisfies(e -> assertThat(e.setting()).contains(setting));
    }

    private static DeqaProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("deqa", DeqaProperties.class);
    }
}
