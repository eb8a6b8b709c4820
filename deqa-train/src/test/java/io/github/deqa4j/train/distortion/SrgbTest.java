package io.github.deqa4j.train.distortion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SrgbTest {
    @Test
    void lightIsThatOfTheStandard() {
        assertThat(Srgb.light(0)).isZero();
        assertThat(Srgb.light(10)).isEqualTo((float) (10 / 255.0 / 12.92), within(1e-9f));
        assertThat(Srgb.light(188)).isEqualTo(0.5029f, within(1e-4f)); // half the light
        assertThat(Srgb.light(255)).isEqualTo(1);
    }

    @Test
    void codesComeBack() {
        for (int code = 0; code < 256; code++) {
            assertThat(Srgb.code(Srgb.light(code)) & 0xFF).isEqualTo(code);
        }
    }

    @Test
    void lightIsRoundedToTheNearestCode() {
        Random random = new Random(4);
        for (int i = 0; i < 100_000; i++) {
            float light = random.nextFloat() * random.nextFloat();
            double value = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
            assertThat((double) (Srgb.code(light) & 0xFF)).isEqualTo(255 * value, within(0.501));
        }
    }

    @Test
    void whatLiesOutsideIsClipped() {
        assertThat(Srgb.code(-3f) & 0xFF).isZero();
        assertThat(Srgb.code(1.5f) & 0xFF).isEqualTo(255);
        assertThat(Srgb.code(1e9f) & 0xFF).isEqualTo(255);
    }
}
