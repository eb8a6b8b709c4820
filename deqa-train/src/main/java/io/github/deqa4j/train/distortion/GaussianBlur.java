package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Light convolved with a Gaussian of σ pixels. KADID-10k has σ = 0.1, 0.5, 1, 2, 5, the first of which cannot be seen.
 */
final class GaussianBlur implements Distortion {
    private static final Scale SIGMA = Scale.ofRatios(0.6, 4.5);

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        return Planes.light(image).map(new GaussianFilter(SIGMA.at(strength))).roundLight();
    }
}
