package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Some of the samples are 0 or 255 instead, each color by itself ("salt and pepper"). KADID-10k has the parts 0.001,
 * 0.005, 0.01, 0.02, 0.03. What a low strength hits, a higher one hits too.
 */
final class ImpulseNoise implements Distortion {
    private static final Scale PART = Scale.ofRatios(0.003, 0.12);

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        double half = PART.at(strength) / 2;
        byte[] samples = image.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            double drawn = random.nextDouble();
            if (drawn < half) {
                samples[i] = 0;
            } else if (drawn > 1 - half) {
                samples[i] = (byte) 255;
            }
        }
        return new RgbImage(image.width(), image.height(), samples);
    }
}
