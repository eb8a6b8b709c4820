package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Blocks of {@value #SIDE} × {@value #SIDE} pixels that have one color, drawn at random: data lost on the way.
 * KADID-10k puts 2, 4, 6, 8, 10 blocks of 32 × 32 pixels on an image of 512 × 384, 1 to 5 % of it.
 */
final class BlockLoss implements Distortion {
    private static final Scale PART = Scale.ofRatios(0.008, 0.16);
    private static final int SIDE = 32;

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        return Blocks.replace(image, SIDE, PART.at(strength), random, draws -> {
            int[] color = {draws.nextInt(Srgb.CODES), draws.nextInt(Srgb.CODES), draws.nextInt(Srgb.CODES)};
            return (x, y, c) -> color[c];
        });
    }
}
