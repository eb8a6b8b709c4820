package io.github.deqa4j.image.prepare;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import org.junit.jupiter.api.Test;

class PixelsTest {
    @Test
    void sidesAndNumbersMustAgree() {
        assertThatThrownBy(() -> new Pixels(new float[17], 2, 3))
                .isInstanceOf(DeqaException.class)
                .hasMessage("an input of 3×2 pixels cannot have 17 numbers; both sides must be positive and each pixel "
                        + "has 3 numbers");
        assertThatThrownBy(() -> new Pixels(new float[0], 0, 3)).isInstanceOf(DeqaException.class);
        assertThatThrownBy(() -> new Pixels(new float[0], 3, 0)).isInstanceOf(DeqaException.class);
    }
}
