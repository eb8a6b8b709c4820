package io.github.deqa4j.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
    private static final RgbImage ABC_DEF = letters(3, 2, "abcdef");

    @ParameterizedTest
    @CsvSource({
        "1, 3, abcdef", "2, 3, cbafed", "3, 3, fedcba", "4, 3, defabc",
        "5, 2, adbecf", "6, 2, daebfc", "7, 2, fcebda", "8, 2, cfbead"
    })
    void eachNumberTurnsAsExifSays(int number, int width, String expected) {
        RgbImage turned = Orientation.of(number).apply(ABC_DEF);
        assertThat(turned.width()).isEqualTo(width);
        assertThat(turned.samples())
                .isEqualTo(letters(width, 6 / width, expected).samples());
    }

    @Test
    void otherNumbersMeanNothing() {
        assertThat(Orientation.of(0)).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.of(9)).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.UPRIGHT.apply(ABC_DEF)).isSameAs(ABC_DEF);
    }

    private static RgbImage letters(int width, int height, String letters) {
        byte[] samples = new byte[letters.length() * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (letters.charAt(i / 3) + i % 3 * 30);
        }
        return new RgbImage(width, height, samples);
    }
}
