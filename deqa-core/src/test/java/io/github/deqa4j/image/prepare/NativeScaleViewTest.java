package io.github.deqa4j.image.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.config.ColorNormalization;
import io.github.deqa4j.config.ImageLimits;
import io.github.deqa4j.image.ImageFiles;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.Span;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeScaleViewTest {
    private static final ColorNormalization COLORS =
            new ColorNormalization(List.of(0.25, 0.5, 0.75), List.of(1 / 255.0, 0.5, 1.0));
    private static final NativeScaleView USUAL = new NativeScaleView(new ImageLimits(250_000, 32), COLORS);

    @ParameterizedTest
    @CsvSource({"500, 500", "32, 32", "250, 1000", "1000, 250", "7812, 32", "33, 500"})
    void aImageWithinTheLimitsIsLeftAsItIs(int width, int height) {
        RgbImage image = ImageFiles.pattern(width, height);

        assertThat(USUAL.seen(image)).isSameAs(image);
    }

    @ParameterizedTest
    @CsvSource({
        "750, 750, 500, 500",
        "1000, 1000, 500, 500",
        "4000, 3000, 577, 433",
        "3000, 4000, 433, 577",
        "8000, 6000, 577, 433",
        "501, 500, 500, 499",
        "10000, 100, 5000, 50",
        "60000, 300, 7071, 35",
        "100000, 40, 7812, 32", // more than 244 : 1: the long side gives in
        "40, 100000, 32, 7812",
        "7813, 32, 7812, 32",
        "200000, 1, 7812, 32", // continued outward, too
        "1, 1000000, 32, 7812"
    })
    void aLargerOneIsShrunkToTheArea(int width, int height, int newWidth, int newHeight) {
        RgbImage image = new RgbImage(width, height, new byte[width * height * 3]);
        RgbImage seen = USUAL.seen(image);

        assertThat(seen.width()).isEqualTo(newWidth);
        assertThat(seen.height()).isEqualTo(newHeight);
        assertThat(USUAL.size(image)).isEqualTo(new InputSize(newWidth, newHeight));
    }

    @ParameterizedTest
    @CsvSource({
        "500, 500, true",
        "8, 8, true",
        "1, 7812, true",
        "1000, 250, true",
        "501, 500, false",
        "1, 7813, false",
        "20000, 1, false",
        "60000, 300, false"
    })
    void anImageThatIsNotShrunkIsSeenAtItsOwnScale(int width, int height, boolean kept) {
        assertThat(USUAL.keepsScale(new RgbImage(width, height, new byte[width * height * 3])))
                .isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"250000, 500", "250001, 500", "249999, 499", "1024, 32"})
    void theLargestSquareAtItsOwnScaleFollowsFromTheArea(int area, int side) {
        NativeScaleView view = new NativeScaleView(new ImageLimits(area, 32), COLORS);

        assertThat(view.ownScaleSide()).hasValue(side);
        assertThat(view.keepsScale(ImageFiles.pattern(side, side))).isTrue();
        assertThat(view.keepsScale(ImageFiles.pattern(side + 1, side + 1))).isFalse();
        assertThat(view.keepsScale(ImageFiles.pattern(side, 1))).isTrue();
    }

    @Test
    void noShapeLeavesTheLimitsOrIsBentMoreThanAPixel() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            int least = 1 + random.nextInt(20);
            int area = least * least + random.nextInt(2000);
            int width = 1 + random.nextInt(random.nextBoolean() ? 2000 : 40);
            int height = 1 + random.nextInt(random.nextBoolean() ? 2000 : 40);
            RgbImage seen = new NativeScaleView(new ImageLimits(area, least), COLORS)
                    .seen(new RgbImage(width, height, new byte[width * height * 3]));
            String what = width + "×" + height + " with " + area + ", " + least;

            assertThat(seen.width() * seen.height()).as(what).isLessThanOrEqualTo(area);
            assertThat(Math.min(seen.width(), seen.height())).as(what).isGreaterThanOrEqualTo(least);
            boolean continued = Math.min(seen.width(), seen.height()) == least;
            if (!continued) {
                double scale = Math.max((double) seen.width() / width, (double) seen.height() / height);
                assertThat((double) seen.width()).as(what).isCloseTo(width * scale, within(1.0 + scale));
                assertThat((double) seen.height()).as(what).isCloseTo(height * scale, within(1.0 + scale));
            }
        }
    }

    @Test
    void shrinkingSmoothesAsPillowDoes() {
        RgbImage image = ImageFiles.pattern(900, 300); // of resizes.json

        assertThat(USUAL.seen(image).samples())
                .isEqualTo(BicubicResize.to(image, 866, 288).samples());
    }

    @Test
    void aSmallImageIsContinuedByItsMirrorImages() {
        NativeScaleView least8 = new NativeScaleView(new ImageLimits(100, 8), COLORS);
        RgbImage seen = least8.seen(row(10, 20, 30));

        assertThat(seen.height()).isEqualTo(8);
        int[] expected = {20, 10, 10, 20, 30, 30, 20, 10};
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                assertThat(seen.sample(x, y, 0)).as("%d, %d", x, y).isEqualTo(expected[x]);
                assertThat(seen.sample(x, y, 2)).isEqualTo(expected[x] + 2);
            }
        }
    }

    @Test
    void whereTheImageLiesInWhatIsSeenIsKnown() {
        RgbImage image = new RgbImage(200_000, 1, new byte[600_000]); // shrunk to 7812 × 1 and continued to 7812 × 32
        ViewAxis columns = USUAL.columns(image);
        ViewAxis rows = USUAL.rows(image);

        assertThat(columns).isEqualTo(new ViewAxis(200_000, 7812, 7812));
        assertThat(rows).isEqualTo(new ViewAxis(1, 1, 32));
        assertThat(columns.continued()).isFalse();
        assertThat(rows.continued()).isTrue();
        assertThat(columns.span(3906, 7812)).isEqualTo(new Span(100_000, 200_000));
        assertThat(rows.span(0, 32)).isEqualTo(new Span(0, 1));
    }

    @Test
    void whatIsSeenOfAContinuedImageIsFoundInIt() {
        ViewAxis side = new ViewAxis(20, 10, 16); // three pixels before and three after

        assertThat(side.span(0, 5)).isEqualTo(new Span(0, 4));
        assertThat(side.span(3, 13)).isEqualTo(new Span(0, 20));
        assertThat(side.span(5, 6)).isEqualTo(new Span(4, 6));
        assertThat(side.span(12, 16)).isEqualTo(new Span(18, 20));
        assertThatThrownBy(() -> side.span(0, 3)).isInstanceOf(DeqaException.class);
    }

    @Test
    void aSinglePixelBecomesAPlainImage() {
        RgbImage seen = USUAL.seen(row(77));

        assertThat(seen.width()).isEqualTo(32);
        assertThat(seen.height()).isEqualTo(32);
        for (int i = 0; i < seen.samples().length; i++) {
            assertThat(seen.samples()[i]).isEqualTo((byte) (77 + i % 3));
        }
    }

    @Test
    void samplesAreNormalizedChannelByChannel() {
        NativeScaleView unlimited = new NativeScaleView(new ImageLimits(100, 1), COLORS);
        Pixels pixels = unlimited.pixels(row(10, 200));

        assertThat(pixels.height()).isEqualTo(1);
        assertThat(pixels.width()).isEqualTo(2);
        double[] expected = {
            10 - 63.75,
            200 - 63.75,
            (11 / 255.0 - 0.5) / 0.5,
            (201 / 255.0 - 0.5) / 0.5,
            12 / 255.0 - 0.75,
            202 / 255.0 - 0.75
        };
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) pixels.values()[i]).isCloseTo(expected[i], within(1e-4));
        }
    }

    /** An image one pixel high: each value is a pixel's red; green is one more, blue two. */
    private static RgbImage row(int... reds) {
        byte[] samples = new byte[reds.length * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (reds[i / 3] + i % 3);
        }
        return new RgbImage(reds.length, 1, samples);
    }
}
