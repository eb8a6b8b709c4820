package io.github.deqa4j.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.reader.ImageReader;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RgbConversionTest {
    private static final ImageReader READER = new ImageReader(ReaderSettings.standard());

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR
            })
    void colorsAreTakenAsTheyAreAndAlphaIsDropped(int type) {
        BufferedImage image = new BufferedImage(2, 1, type);
        image.setRGB(0, 0, 0x400A14C8);
        image.setRGB(1, 0, 0xFFFF0001);
        assertThat(READER.convert(image).samples()).containsExactly(10, 20, 200, 255, 0, 1);
    }

    @Test
    void premultipliedColorsAreDividedByAlpha() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB_PRE);
        image.getRaster().setPixel(0, 0, new int[] {50, 100, 0, 100});
        assertThat(READER.convert(image).samples()).containsExactly(127, 255, 0, 0, 0, 0);
    }

    @Test
    void grayIsCopiedAndNotBrightenedByColorManagement() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 100);
        assertThat(READER.convert(image).samples()).containsExactly(100, 100, 100);
    }

    @Test
    void sixteenBitGrayIsClippedAsInPillow() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 200);
        image.getRaster().setSample(1, 0, 0, 300);
        assertThat(READER.convert(image).samples()).containsExactly(200, 200, 200, 255, 255, 255);
    }

    @Test
    void sixteenBitGrayIsScaledIfAskedFor() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 200);
        image.getRaster().setSample(1, 0, 0, 0xABCD);
        ImageReader scaling = new ImageReader(ReaderSettings.standard().withDeepGray(DeepGray.SCALED));
        assertThat(scaling.convert(image).samples()).containsExactly(0, 0, 0, 0xAB, 0xAB, 0xAB);
    }

    @Test
    void clippingIsSaidOnce() {
        List<String> warnings = new ArrayList<>();
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
        assertThat(READER.withWarnings(warnings::add).convert(image).samples()).containsOnly(0);
        assertThat(warnings).hasSize(1).first().asString().startsWith("image: the gray samples have more than 8 bits");
    }

    @Test
    void fiveAndSixBitsAreStretchedRoundingDown() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_565_RGB);
        image.getRaster().setPixel(0, 0, new int[] {31, 32, 1});
        assertThat(READER.convert(image).samples()).containsExactly(255, 129, 8);
    }

    @Test
    void palettesAreLookedUp() {
        byte[] red = {1, 2};
        byte[] green = {3, 4};
        byte[] blue = {5, 6};
        BufferedImage image =
                new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(1, 2, red, green, blue, 0));
        image.getRaster().setSample(1, 0, 0, 1);
        assertThat(READER.convert(image).samples()).containsExactly(1, 3, 5, 2, 4, 6);
    }

    @Test
    void aPartOfALargerImageIsTakenFromItsPlace() {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
        image.setRGB(2, 1, 0x010203);
        assertThat(READER.convert(image.getSubimage(2, 1, 1, 1)).samples()).containsExactly(1, 2, 3);
    }

    @Test
    void theResultDoesNotFollowLaterChanges() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
        RgbImage converted = READER.convert(image);
        image.setRGB(0, 0, 0xFFFFFF);
        assertThat(converted.samples()).containsExactly(0, 0, 0);
    }

    @Test
    void theLimitHoldsForJavasImagesToo() {
        ImageReader small = new ImageReader(ReaderSettings.standard().withMaxPixels(5));
        BufferedImage image = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
        assertThatThrownBy(() -> small.convert(image))
                .isExactlyInstanceOf(UnreadableImageException.class)
                .hasMessage("image: the image is 2×3 pixels; at most 5 pixels are read, so scale it down first (in "
                        + "Java, the setting maxPixels raises the limit)");
    }
}
