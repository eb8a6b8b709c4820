package io.github.deqa4j.image.tile;

import io.github.deqa4j.image.RgbImage;

/**
 * Whether a part of an image shows almost nothing: sky, paper, a black border. What counts is the standard deviation of its samples
 * about the surface of second degree that fits them best, in the color where it is largest: a sky is a gradient, and rarely a straight
 * one. Blur leaves the coarse structure of things, and noise and blocks add to it, so that none of them makes a part flat.
 */
final class Flatness {
    /**
     * Largest standard deviation of a flat part, in levels of 8 bits. Skies with the noise of a camera at low sensitivity are below,
     * and of 512×512 photographs and their distorted versions none is, but for the strongest loss of contrast.
     */
    static final double LIMIT = 2.5;

    /** Pixels that are looked at along an axis, at most. A prime number, so that stripes are not always met at the same place. */
    private static final int SAMPLES = 61;

    private static final int DEGREE = 2;

    private Flatness() {}

    static boolean isFlat(RgbImage image, TileArea area) {
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            if (deviation(image, area, channel) > LIMIT) {
                return false;
            }
        }
        return true;
    }

    /** The standard deviation of one color about its surface, from pixels on a grid. */
    static double deviation(RgbImage image, TileArea area, int channel) {
        double[][] samples = samples(image, area, channel);
        double[][] alongX = polynomials(samples[0].length);
        double[][] alongY = polynomials(samples.length);
        double rest = 0;
        for (double[] row : samples) {
            rest += product(row, row);
        }
        for (int i = 0; i <= DEGREE; i++) {
            for (int j = 0; i + j <= DEGREE; j++) {
                double share = product(samples, alongX[i], alongY[j]);
                rest -= share * share;
            }
        }
        return Math.sqrt(Math.max(0, rest) / (samples.length * samples[0].length));
    }

    private static double[][] samples(RgbImage image, TileArea area, int channel) {
        double[][] samples = new double[Math.min(SAMPLES, area.height())][Math.min(SAMPLES, area.width())];
        for (int row = 0; row < samples.length; row++) {
            int y = area.y() + place(row, samples.length, area.height());
            for (int column = 0; column < samples[row].length; column++) {
                int x = area.x() + place(column, samples[row].length, area.width());
                samples[row][column] = image.sample(x, y, channel);
            }
        }
        return samples;
    }

    private static double product(double[][] samples, double[] alongX, double[] alongY) {
        double sum = 0;
        for (int row = 0; row < samples.length; row++) {
            sum += alongY[row] * product(samples[row], alongX);
        }
        return sum;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /**
     * Polynomials of degrees 0 to 2 at evenly spaced places, orthogonal and each of norm 1, so that each part of the surface is
     * had alone. Those that the places are too few for are 0.
     */
    private static double[][] polynomials(int count) {
        double[][] polynomials = new double[DEGREE + 1][count];
        double variance = ((double) count * count - 1) / 12;
        for (int i = 0; i < count; i++) {
            double u = i - (count - 1) / 2.0;
            polynomials[0][i] = 1;
            polynomials[1][i] = u;
            polynomials[2][i] = u * u - variance;
        }
        for (double[] values : polynomials) {
            double norm = Math.sqrt(product(values, values));
            for (int i = 0; i < count && norm > 0; i++) {
                values[i] /= norm;
            }
        }
        return polynomials;
    }

    /** Index of a pixel: evenly spread, in the middle of its stretch. */
    private static int place(int index, int count, int length) {
        return (int) ((2L * index + 1) * length / (2L * count));
    }
}
