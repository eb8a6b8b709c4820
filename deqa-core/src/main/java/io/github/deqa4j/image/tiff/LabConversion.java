package io.github.deqa4j.image.tiff;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.RowConversion;

/**
 * Converts CIE L*a*b* to sRGB. Both have the white point D50, as in the profiles of Pillow's color management, so white
 * stays white. As there, colors are computed for 33 × 33 × 33 points and interpolated in tetrahedra between them.
 */
final class LabConversion implements RowConversion {
    private static final double[] D50 = {0.9642, 1, 0.8249};
    private static final double KNEE = 6 / 29.0;
    private static final int POINTS = 33;
    private static final double CELLS_PER_LEVEL = (POINTS - 1) / 255.0;

    /** From one point of the table to the next in L*, a* and b*. */
    private static final int[] STEPS = {
        POINTS * POINTS * RgbImage.CHANNELS, POINTS * RgbImage.CHANNELS, RgbImage.CHANNELS
    };

    /** From XYZ to linear sRGB, adapted to D50 by Bradford's method (ICC profile of IEC 61966-2-1, inverted). */
    private static final double[][] FROM_XYZ = {
        {3.1338561, -1.6168667, -0.4906146},
        {-0.9787684, 1.9161415, 0.0334540},
        {0.0719453, -0.2289914, 1.4052427}
    };

    private final int bands;
    private final int shift;
    private final float[] table = new float[POINTS * POINTS * POINTS * RgbImage.CHANNELS]; // L*, a*, b*, channel

    LabConversion(int bands, int bits) {
        this.bands = bands;
        this.shift = bits - Byte.SIZE;
        int at = 0;
        for (int lightness = 0; lightness < POINTS; lightness++) {
            for (int a = 0; a < POINTS; a++) {
                for (int b = 0; b < POINTS; b++, at += RgbImage.CHANNELS) {
                    compute(lightness * 100.0 / (POINTS - 1), level(a) - 128, level(b) - 128, at);
                }
            }
        }
    }

    @Override
    public void convert(int[] row, byte[] rgb, int to) {
        int[] cell = new int[STEPS.length];
        double[] rest = new double[STEPS.length];
        for (int from = 0; from < row.length; from += bands, to += RgbImage.CHANNELS) {
            for (int i = 0; i < STEPS.length; i++) {
                int sample = row[from + i] >>> shift;
                double place = (i == 0 ? sample : (byte) sample + 128) * CELLS_PER_LEVEL; // a* and b* have a sign
                cell[i] = Math.min(POINTS - 2, (int) place);
                rest[i] = place - cell[i];
            }
            interpolate(cell, rest, rgb, to);
        }
    }

    /** Goes from the lower corner of a cell to the upper one, along the axis first on which the color lies farthest. */
    private void interpolate(int[] cell, double[] rest, byte[] rgb, int to) {
        int first = rest[0] >= rest[1] ? (rest[0] >= rest[2] ? 0 : 2) : (rest[1] >= rest[2] ? 1 : 2);
        int last = rest[0] < rest[1] ? (rest[0] < rest[2] ? 0 : 2) : (rest[1] < rest[2] ? 1 : 2);
        int second = 3 - first - last;
        int lower = cell[0] * STEPS[0] + cell[1] * STEPS[1] + cell[2] * STEPS[2];
        int middle = lower + STEPS[first];
        int higher = middle + STEPS[second];
        int upper = higher + STEPS[last];
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            double value = table[lower + c] * (1 - rest[first])
                    + table[middle + c] * (rest[first] - rest[second])
                    + table[higher + c] * (rest[second] - rest[last])
                    + table[upper + c] * rest[last];
            rgb[to + c] = (byte) Math.round(value * 255);
        }
    }

    private void compute(double lightness, double a, double b, int at) {
        double middle = (lightness + 16) / 116;
        double x = D50[0] * cube(middle + a / 500);
        double y = D50[1] * cube(middle);
        double z = D50[2] * cube(middle - b / 200);
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            table[at + c] = (float) gamma(FROM_XYZ[c][0] * x + FROM_XYZ[c][1] * y + FROM_XYZ[c][2] * z);
        }
    }

    private static double level(int point) {
        return point / CELLS_PER_LEVEL;
    }

    private static double cube(double t) {
        return t > KNEE ? t * t * t : 3 * KNEE * KNEE * (t - 4 / 29.0);
    }

    private static double gamma(double linear) {
        double clipped = Math.max(0, Math.min(1, linear));
        return clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * Math.pow(clipped, 1 / 2.4) - 0.055;
    }
}
