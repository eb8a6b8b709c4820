package io.github.deqa4j.image.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.config.ColorNormalization;
import io.github.deqa4j.config.InvalidConfigException;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessorConfigTest {
    @TempDir
    private Path directory;

    @Test
    void theStandardIsClipWithItsMeanAsPadding() {
        PreprocessorConfig config = PreprocessorConfig.standard(448);
        assertThat(config.resizeSize()).isEqualTo(448);
        assertThat(config.cropSize()).isEqualTo(448);
        assertThat(config.colors()).isEqualTo(ColorNormalization.CLIP);
        assertThat(config.padding()).containsExactly(122, 116, 104);
    }

    @Test
    void theMiniModelsFileIsTheStandardAt56() {
        assertThat(PreprocessorConfig.read(Golden.mini().resolve("model/preprocessor_config.json")))
                .isEqualTo(PreprocessorConfig.standard(56));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'crop_size': 448, 'size': 448}",
                "{'crop_size': 448, 'size': 448, 'do_convert_rgb': false, 'image_processor_type': 'CLIPImageProcessor'}",
                "{'size': 448, 'do_center_crop': false}",
                "{'crop_size': 224, 'size': 448, 'do_center_crop': false, 'unheard_of': null}",
                "{'crop_size': {'height': 448, 'width': 448}, 'size': {'shortest_edge': 448}}",
                "{'crop_size': 448, 'size': {'height': 448, 'width': 448}, 'do_resize': true, 'resample': 3}"
            })
    void sizesComeInSeveralForms(String json) {
        assertThat(PreprocessorConfig.read(file(json))).isEqualTo(PreprocessorConfig.standard(448));
    }

    @Test
    void otherNumbersAreHeldAndTheMeanGivesThePadding() {
        PreprocessorConfig config = PreprocessorConfig.read(
                file("{'crop_size': 10, 'size': 12, 'image_mean': [0, 0.5, 1], 'image_std': [1, 2, 3]}"));
        assertThat(config)
                .isEqualTo(new PreprocessorConfig(
                        12,
                        10,
                        new ColorNormalization(List.of(0.0, 0.5, 1.0), List.of(1.0, 2.0, 3.0)),
                        List.of(0, 127, 255)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {}                                               | 'size' is missing; the file cannot be used without it
            {'crop_size': 8}                                 | 'size' is missing; the file cannot be used without it
            {'size': 8}                                      | 'crop_size' is missing; the file cannot be used without it
            {'size': 8, 'crop_size': 0}                      | 'crop_size' is 0; it must be a positive whole number
            {'size': 8, 'crop_size': 8, 'do_pad': true}      | 'do_pad' is true; it must be null or absent; what it asks for is not supported
            {'size': 8, 'crop_size': 8, 'gamma': 2.2}        | 'gamma' is 2.2; this key is not known, and what it asks for could change the scores; remove it if it cannot
            {'size': {'shortest_edge': 8, 'longest_edge': 9}, 'crop_size': 8} | 'size.longest_edge' is 9; this key is not known, and what it asks for could change the scores; remove it if it cannot
            {'size': 8, 'crop_size': 8, 'do_resize': false}  | 'do_resize' is false; it must be true, which alone is supported
            {'crop_size': 8, 'size': 4}                      | 'crop_size' is 8, more than 'size' 4
            {'crop_size': 8, 'size': 5000}                   | 'size' is 5000; it must be at most 4096
            {'size': 8, 'crop_size': {'height': 8, 'width': 9}}         | 'crop_size.width' is 9, but 'height' is 8; they must be equal
            {'crop_size': 8, 'resample': 2}                  | 'resample' is 2; it must be 3 (bicubic), which alone is supported
            {'size': 8, 'do_center_crop': 'no'}              | 'do_center_crop' is 'no'; it must be true or false
            {'crop_size': 8, 'do_normalize': 0}              | 'do_normalize' is 0; it must be true, which alone is supported
            {'size': 8, 'crop_size': 8, 'image_std': [1, 0, 1]}         | 'image_std' is [1.0, 0.0, 1.0]; each number must be above 0
            {'size': 8, 'crop_size': 8, 'image_mean': [1, 0, 2]}        | 'image_mean' is [1.0, 0.0, 2.0]; each number must be from 0 to 1
            {'crop_size': 8, 'rescale_factor': 1}            | 'rescale_factor' is 1.0; it must be 1/255, which alone is supported
            """)
    void whatIsNotSupportedIsRefusedWithFileAndKey(String json, String problem) {
        Path file = file(json);
        assertThatThrownBy(() -> PreprocessorConfig.read(file))
                .isExactlyInstanceOf(InvalidConfigException.class)
                .hasMessage(file + ": " + problem.replace('\'', '"'));
    }

    @Test
    void impossibleNumbersAreRefused() {
        ColorNormalization clip = ColorNormalization.CLIP;
        assertThatThrownBy(() -> new PreprocessorConfig(4, 5, clip, List.of(0, 0, 0)))
                .isExactlyInstanceOf(DeqaException.class)
                .hasMessage(
                        "preprocessing with a crop of 5 from 4 pixels; they must satisfy 1 ≤ crop ≤ resized ≤ 4096");
        assertThatThrownBy(() -> new PreprocessorConfig(4, 4, clip, List.of(0, 0, 256)))
                .hasMessage("preprocessing with padding [0, 0, 256]; it must be three numbers from 0 to 255");
        assertThatThrownBy(() -> new PreprocessorConfig(4, 4, clip, List.of(0)))
                .hasMessageEndingWith("padding [0]; it must be three numbers from 0 to 255");
    }

    private Path file(String json) {
        try {
            return Files.writeString(directory.resolve("preprocessor_config.json"), json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
