package io.github.deqa4j.image.tiff;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.RowConversion;
import io.github.deqa4j.image.codec.TiffDirectory;
import java.io.IOException;

/** Converts Y, Cb, Cr to RGB with the coefficients and ranges of a TIFF file, in libtiff's integer arithmetic. */
final class YCbCrConversion implements RowConversion {
    private static final int LEVELS = 256;
    private static final int MIDDLE = 128;
    private static final int FRACTION_BITS = 16;
    private static final int HALF = 1 << (FRACTION_BITS - 1);
    private static final int FARTHEST = 32 * MIDDLE;
    private static final double[] BT601 = {0.299, 0.587, 0.114};
    private static final double[] FULL_RANGE = {0, 255, 128, 255, 128, 255};

    private final int[] white = new int[LEVELS];
    private final int[] redOfCr = new int[LEVELS];
    private final int[] greenOfCr = new int[LEVELS];
    private final int[] greenOfCb = new int[LEVELS];
    private final int[] blueOfCb = new int[LEVELS];

    /**
     * Makes the tables.
     *
     * @param luma parts of red, green and blue in Y
     * @param range black and white of Y, then zero and largest of Cb, then of Cr
     */
    private YCbCrConversion(double[] luma, double[] range) {
        double red = 2 - 2 * luma[0];
        double blue = 2 - 2 * luma[2];
        int redFactor = fixed(red);
        int blueFactor = fixed(blue);
        int greenFactorOfCr = -fixed(luma[0] * red / luma[1]);
        int greenFactorOfCb = -fixed(luma[2] * blue / luma[1]);
        for (int i = 0; i < LEVELS; i++) {
            int cb = difference(i, range[2], range[3]);
            int cr = difference(i, range[4], range[5]);
            redOfCr[i] = (redFactor * cr + HALF) >> FRACTION_BITS;
            blueOfCb[i] = (blueFactor * cb + HALF) >> FRACTION_BITS;
            greenOfCr[i] = greenFactorOfCr * cr;
            greenOfCb[i] = greenFactorOfCb * cb + HALF;
            white[i] = scaled(i, (int) range[0], (int) range[1], LEVELS - 1);
        }
    }

    static YCbCrConversion of(TiffDirectory tags) throws IOException {
        double[] luma = fractions(tags, TiffHeader.YCBCR_COEFFICIENTS, BT601);
        if (luma[1] == 0 || Double.isNaN(luma[0] + luma[1] + luma[2])) {
            throw new IOException("tag " + TiffHeader.YCBCR_COEFFICIENTS + " has coefficients that have no meaning");
        }
        return new YCbCrConversion(luma, fractions(tags, TiffHeader.REFERENCE_BLACK_WHITE, FULL_RANGE));
    }

    @Override
    public void convert(int[] row, byte[] rgb, int to) {
        for (int i = 0; i < row.length; i += RgbImage.CHANNELS) {
            int y = white[row[i]];
            int cb = row[i + 1];
            int cr = row[i + 2];
            rgb[to + i] = clip(y + redOfCr[cr]);
            rgb[to + i + 1] = clip(y + ((greenOfCb[cb] + greenOfCr[cr]) >> FRACTION_BITS));
            rgb[to + i + 2] = clip(y + blueOfCb[cb]);
        }
    }

    private static double[] fractions(TiffDirectory tags, int tag, double[] otherwise) throws IOException {
        if (!tags.has(tag)) {
            return otherwise;
        }
        double[] values = new double[otherwise.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = tags.number(tag, i);
        }
        return values;
    }

    private static int difference(int sample, double zero, double largest) {
        return scaled(sample - MIDDLE, (int) (zero - MIDDLE), (int) (largest - MIDDLE), MIDDLE - 1);
    }

    private static int scaled(int sample, int zero, int largest, int range) {
        float span = largest == zero ? 1 : largest - zero;
        return (int) Math.max(-FARTHEST, Math.min(FARTHEST, (sample - zero) * (float) range / span));
    }

    private static int fixed(double factor) {
        return (int) (Math.max(0, Math.min(2, factor)) * (1 << FRACTION_BITS) + 0.5);
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
