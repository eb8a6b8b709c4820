package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/** Distortions of sharpness and resolution. */
final class SharpnessDistortions {
    private SharpnessDistortions() {}

    /**
     * Light convolved with a Gaussian of σ pixels. KADID-10k has σ = 0.1, 0.5, 1, 2, 5, the first of which cannot be seen.
     */
    static final class GaussianBlur implements Distortion {
        private static final StrengthScale SIGMA = StrengthScale.ofRatios(0.6, 4.5);

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            return FloatImage.light(image)
                    .map(new GaussianFilter(SIGMA.at(strength)))
                    .roundLight();
        }
    }

    /**
     * Light averaged along a straight line of some pixels, in a direction drawn at random: a camera that moves evenly while
     * it exposes. KADID-10k's lines (radius 1, 2, 4, 6, 10) are 3 to 21 pixels long.
     */
    static final class MotionBlur implements Distortion {
        private static final StrengthScale LENGTH = StrengthScale.ofRatios(2.5, 26);
        private static final int POINTS_PER_PIXEL = 8;

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            return FloatImage.light(image)
                    .map(line(LENGTH.at(strength), Math.PI * random.nextDouble()))
                    .roundLight();
        }

        /** Points along the line, each shared out among the four pixels around it. */
        private static Kernel line(double length, double angle) {
            int radius = (int) (length / 2) + 1;
            double[][] weights = new double[2 * radius + 1][2 * radius + 1];
            int points = POINTS_PER_PIXEL * (int) Math.ceil(length);
            for (int i = 0; i < points; i++) {
                double along = length * ((i + 0.5) / points - 0.5);
                double x = radius + along * StrictMath.cos(angle);
                double y = radius + along * StrictMath.sin(angle);
                share(weights, x, y);
            }
            return new Kernel(weights);
        }

        private static void share(double[][] weights, double x, double y) {
            int left = (int) x;
            int top = (int) y;
            double right = x - left;
            double bottom = y - top;
            weights[top][left] += (1 - right) * (1 - bottom);
            weights[top][left + 1] += right * (1 - bottom);
            weights[top + 1][left] += (1 - right) * bottom;
            weights[top + 1][left + 1] += right * bottom;
        }
    }

    /**
     * Light averaged over a disk of some pixels' radius: a lens that is out of focus, by geometrical optics. KADID-10k has
     * the radii 1, 2, 4, 6, 8.
     */
    static final class LensBlur implements Distortion {
        private static final StrengthScale RADIUS = StrengthScale.ofRatios(1, 8);

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            return FloatImage.light(image).map(disk(RADIUS.at(strength))).roundLight();
        }

        /** A pixel on the rim counts by about the part of it that the disk covers. */
        private static Kernel disk(double radius) {
            int size = (int) Math.ceil(radius);
            double[][] weights = new double[2 * size + 1][2 * size + 1];
            for (int y = -size; y <= size; y++) {
                for (int x = -size; x <= size; x++) {
                    double inside = radius + 0.5 - Math.sqrt(x * x + y * y);
                    weights[y + size][x + size] = Math.max(0, Math.min(1, inside));
                }
            }
            return new Kernel(weights);
        }
    }

    /**
     * An unsharp mask that is too strong: v + a (v − G∗v), G a Gaussian of {@value #SIGMA} pixels, with halos at edges. In
     * sRGB, as cameras and editors do. KADID-10k has a = 1, 2, 3, 6, 12.
     */
    static final class OverSharpening implements Distortion {
        private static final StrengthScale AMOUNT = StrengthScale.ofRatios(0.7, 7);
        private static final double SIGMA = 1.5;

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            float amount = (float) AMOUNT.at(strength);
            GaussianFilter blur = new GaussianFilter(SIGMA);
            return FloatImage.codes(image)
                    .map(plane -> {
                        float[][] result = blur.apply(plane);
                        for (int y = 0; y < plane.length; y++) {
                            sharpen(plane[y], result[y], amount);
                        }
                        return result;
                    })
                    .roundCodes();
        }

        /** Turns a row that is blurred into one that is sharpened. */
        private static void sharpen(float[] row, float[] blurred, float amount) {
            for (int x = 0; x < row.length; x++) {
                blurred[x] = row[x] + amount * (row[x] - blurred[x]);
            }
        }
    }

    /**
     * Shrunk by a factor with Keys' cubic kernel, widened so that it smooths, and enlarged again with the kernel as it is
     * (Keys: "Cubic Convolution Interpolation for Digital Image Processing", 1981; a = −½). In sRGB, as programs that
     * resize do.
     */
    static final class Downsampling implements Distortion {
        private static final StrengthScale FACTOR_LESS_ONE = StrengthScale.ofRatios(0.6, 7);

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            double factor = 1 + FACTOR_LESS_ONE.at(strength);
            CubicAxis narrower = CubicAxis.shrink(image.width(), factor);
            CubicAxis lower = CubicAxis.shrink(image.height(), factor);
            CubicAxis wider = CubicAxis.enlarge(image.width(), factor);
            CubicAxis higher = CubicAxis.enlarge(image.height(), factor);
            return FloatImage.codes(image)
                    .map(plane -> wider.rows(higher.columns(lower.columns(narrower.rows(plane)))))
                    .roundCodes();
        }
    }

    /**
     * Shrunk and enlarged again by taking the nearest pixel, by a factor that need not be whole: jagged edges, then blocks.
     * KADID-10k shrinks to 0.99, 0.95, 0.9, 0.8 and 0.5 of the size.
     */
    static final class Pixelation implements Distortion {
        private static final StrengthScale FACTOR_LESS_ONE = StrengthScale.ofRatios(0.5, 5);

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            double factor = 1 + FACTOR_LESS_ONE.at(strength);
            int[] columns = nearest(image.width(), factor);
            int[] rows = nearest(image.height(), factor);
            byte[] from = image.samples();
            byte[] samples = new byte[from.length];
            int to = 0;
            for (int row : rows) {
                for (int column : columns) {
                    int pixel = (row * columns.length + column) * RgbImage.CHANNELS;
                    samples[to++] = from[pixel];
                    samples[to++] = from[pixel + 1];
                    samples[to++] = from[pixel + 2];
                }
            }
            return new RgbImage(image.width(), image.height(), samples);
        }

        /** For each place of an axis, the one whose pixel stands there afterwards. */
        private static int[] nearest(int length, double factor) {
            int[] result = new int[length];
            for (int i = 0; i < length; i++) {
                double middle = (Math.floor((i + 0.5) / factor) + 0.5) * factor;
                result[i] = Math.min(length - 1, (int) middle);
            }
            return result;
        }
    }
}
