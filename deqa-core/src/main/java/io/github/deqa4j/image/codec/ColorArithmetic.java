package io.github.deqa4j.image.codec;

/**
 * Color conversions in the integer arithmetic of libjpeg, libwebp and Pillow, so that results agree to the last bit.
 */
public final class ColorArithmetic {
    private static final int FRACTION_BITS = 16;
    private static final int HALF = 1 << (FRACTION_BITS - 1);
    private static final int RED_OF_CR = fixed(1.40200);
    private static final int GREEN_OF_CB = fixed(0.34414);
    private static final int GREEN_OF_CR = fixed(0.71414);
    private static final int BLUE_OF_CB = fixed(1.77200);

    private ColorArithmetic() {}

    /**
     * JFIF's Y, Cb, Cr to R, G, B, in place.
     *
     * @param samples pixels that begin with these three
     * @param stride samples of a pixel
     */
    public static void yCbCrToRgb(byte[] samples, int stride) {
        for (int i = 0; i < samples.length; i += stride) {
            int y = samples[i] & 0xFF;
            int cb = (samples[i + 1] & 0xFF) - 128;
            int cr = (samples[i + 2] & 0xFF) - 128;
            samples[i] = clip(y + ((RED_OF_CR * cr + HALF) >> FRACTION_BITS));
            samples[i + 1] = clip(y + ((HALF - GREEN_OF_CB * cb - GREEN_OF_CR * cr) >> FRACTION_BITS));
            samples[i + 2] = clip(y + ((BLUE_OF_CB * cb + HALF) >> FRACTION_BITS));
        }
    }

    /**
     * WebP's Y, U, V (16…235 for black to white, BT.601) to R, G, B, with libwebp's factors of 14 bits.
     *
     * @param rgb where the pixel goes
     * @param at index of its red
     */
    public static void yuvToRgb(int y, int u, int v, byte[] rgb, int at) {
        int white = (y * 19077) >> 8;
        rgb[at] = clip((white + ((v * 26149) >> 8) - 14234) >> 6);
        rgb[at + 1] = clip((white - ((u * 6419) >> 8) - ((v * 13320) >> 8) + 8708) >> 6);
        rgb[at + 2] = clip((white + ((u * 33050) >> 8) - 17685) >> 6);
    }

    /**
     * One color of a CMYK pixel: white, less the ink of the complementary color.
     *
     * @param ink 0 to 255
     * @param white 255 less the black ink
     */
    public static byte withInk(int ink, int white) {
        int product = ink * white + 128;
        return clip(white - (((product >> 8) + product) >> 8));
    }

    private static byte clip(int value) {
        return (byte) ((value & ~0xFF) == 0 ? value : value < 0 ? 0 : 0xFF); // seldom out of range
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << FRACTION_BITS) + 0.5);
    }
}
