package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Code values rounded to few levels, a step apart, counted from black and from white to the middle, so that both ends
 * stay: contours in skies. KADID-10k has 20, 16, 13, 10, 7 levels, which are steps of 13 to 42. In sRGB.
 */
final class Banding implements Distortion {
    private static final Scale STEP = Scale.ofRatios(12, 64);

    private static final int WHITE = Srgb.CODES - 1;
    private static final double MIDDLE = WHITE / 2.0;

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        double step = STEP.at(strength);
        return Curves.codes(image, code -> code < MIDDLE ? fromEnd(code, step) : WHITE - fromEnd(WHITE - code, step));
    }

    private static double fromEnd(int distance, double step) {
        return Math.min(MIDDLE, step * Math.floor(distance / step + 0.5));
    }
}
