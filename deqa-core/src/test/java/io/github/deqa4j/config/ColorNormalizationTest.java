package io.github.deqa4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColorNormalizationTest {
    private static final List<Double> HALVES = List.of(0.5, 0.5, 0.5);

    @Test
    void clipHasItsConstants() {
        assertThat(ColorNormalization.CLIP.mean()).containsExactly(0.48145466, 0.4578275, 0.40821073);
        assertThat(ColorNormalization.CLIP.std()).containsExactly(0.26862954, 0.26130258, 0.27577711);
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThatThrownBy(() -> new ColorNormalization(HALVES, List.of(1.0, 0.0, 1.0)))
                .isExactlyInstanceOf(DeqaException.class)
                .hasMessage("colors with mean [0.5, 0.5, 0.5] and std [1.0, 0.0, 1.0]; a mean must be from 0 to 1, "
                        + "a std above 0");
        assertThatThrownBy(() -> new ColorNormalization(List.of(0.5, 0.5, 123.7), HALVES))
                .hasMessageEndingWith("a mean must be from 0 to 1, a std above 0");
        assertThatThrownBy(() -> new ColorNormalization(HALVES, List.of(1.0)))
                .hasMessageEndingWith("each needs three numbers");
    }
}
