package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Light averaged along a straight line of some pixels, in a direction drawn at random: a camera that moves evenly while
 * it exposes. KADID-10k's lines (radius 1, 2, 4, 6, 10) are 3 to 21 pixels long.
 */
final class MotionBlur implements Distortion {
    private static final Scale LENGTH = Scale.ofRatios(2.5, 26);
    private static final int POINTS_PER_PIXEL = 8;

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        return Planes.light(image)
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
