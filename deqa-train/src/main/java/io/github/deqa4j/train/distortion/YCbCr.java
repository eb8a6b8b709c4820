package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;

/** Luma and color differences of sRGB code values, as JFIF defines them (ITU-R BT.601). */
final class YCbCr {
    static final float RED = 0.299f;
    static final float GREEN = 0.587f;
    static final float BLUE = 0.114f;

    /** One unit of Cr adds this to red, one unit of Cb this to blue. */
    static final float RED_OF_CR = 2 * (1 - RED);

    static final float BLUE_OF_CB = 2 * (1 - BLUE);
    static final float GREEN_OF_CR = -RED_OF_CR * RED / GREEN;
    static final float GREEN_OF_CB = -BLUE_OF_CB * BLUE / GREEN;

    private YCbCr() {}

    static float luma(float red, float green, float blue) {
        return RED * red + GREEN * green + BLUE * blue;
    }

    /** The mean luma of an image, 0 to 255. */
    static double meanLuma(RgbImage image) {
        byte[] samples = image.samples();
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int i = 0; i < samples.length; i += RgbImage.CHANNELS) {
            red += samples[i] & 0xFF;
            green += samples[i + 1] & 0xFF;
            blue += samples[i + 2] & 0xFF;
        }
        return (RED * red + GREEN * green + BLUE * blue) / ((double) image.width() * image.height());
    }
}
