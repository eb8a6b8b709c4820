package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * A lens's light falling off by the law of cos⁴ θ = 1 / (1 + tan² θ)², where tan θ grows from 0 in the middle to √a in
 * the corners. In light; a beyond 1 is no lens any more but a tube.
 */
final class Vignette implements Distortion {
    private static final Scale CORNER = Scale.ofRatios(0.3, 8);

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        float corner = (float) CORNER.at(strength);
        int width = image.width();
        int height = image.height();
        byte[] from = image.samples();
        byte[] samples = new byte[from.length];
        float perPixel = 4f * corner / ((float) width * width + (float) height * height);
        int i = 0;
        for (int y = 0; y < height; y++) {
            float down = y + 0.5f - height / 2f;
            for (int x = 0; x < width; x++) {
                float across = x + 0.5f - width / 2f;
                float slope = 1 + perPixel * (across * across + down * down);
                float gain = 1 / (slope * slope);
                for (int end = i + RgbImage.CHANNELS; i < end; i++) {
                    samples[i] = Srgb.code(gain * Srgb.light(from[i] & 0xFF));
                }
            }
        }
        return new RgbImage(width, height, samples);
    }
}
