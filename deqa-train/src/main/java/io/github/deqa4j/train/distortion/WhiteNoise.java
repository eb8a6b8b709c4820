package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * A normal deviate of σ code values added to each sample, independent of all others. In sRGB, as in KADID-10k, whose
 * variances 0.001, 0.002, 0.003, 0.005, 0.01 of the range are σ = 8, 11, 14, 18, 25.
 */
final class WhiteNoise implements Distortion {
    private static final Scale SIGMA = Scale.ofRatios(6, 48);

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        double sigma = SIGMA.at(strength);
        return Planes.eachCode(image, code -> code + sigma * random.nextGaussian());
    }
}
