package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Multiplicative noise: v (1 + σ n) with a normal deviate n for each sample, so that bright places suffer and dark ones
 * do not. In sRGB, as in KADID-10k, whose variances 0.001, 0.005, 0.01, 0.02, 0.05 are σ = 0.03, 0.07, 0.1, 0.14, 0.22.
 */
final class SpeckleNoise implements Distortion {
    private static final Scale SIGMA = Scale.ofRatios(0.06, 0.4);

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        double sigma = SIGMA.at(strength);
        return Planes.eachCode(image, code -> code * (1 + sigma * random.nextGaussian()));
    }
}
