package io.github.deqa4j.image.tile;

import io.github.deqa4j.image.RgbImage;
import java.util.Random;

/** Images that are drawn by a rule, pixel by pixel. */
final class DrawnScene {
    private DrawnScene() {}

    /** What is at a pixel: one gray, rounded and clipped to 8 bits. */
    interface Rule {
        double gray(int x, int y);
    }

    static RgbImage of(int width, int height, Rule rule) {
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int i = 0; i < width * height; i++) {
            byte gray = (byte) Math.max(0, Math.min(255, Math.round(rule.gray(i % width, i / width))));
            for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                samples[i * RgbImage.CHANNELS + channel] = gray;
            }
        }
        return new RgbImage(width, height, samples);
    }

    /** The rule and normal noise over it. */
    static Rule noisy(Rule rule, double sigma) {
        Random random = new Random(1);
        return (x, y) -> rule.gray(x, y) + sigma * random.nextGaussian();
    }
}
