package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Blocks of {@value #SIDE} × {@value #SIDE} pixels that show a place up to {@value #FARTHEST} pixels away in each
 * direction: a video's wrong motion vectors; TID2013's and KADID-10k's "non-eccentricity pattern noise", there with 20,
 * 40, 60, 80, 100 patches of an image of 512 × 384 pixels, up to 13 % of it.
 */
final class BlockShift implements Distortion {
    private static final Scale PART = Scale.ofRatios(0.02, 0.35);
    private static final int SIDE = 16;
    private static final int NEAREST = 6;
    private static final int FARTHEST = 20;

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        return Blocks.replace(image, SIDE, PART.at(strength), random, draws -> {
            int dx = offset(draws);
            int dy = offset(draws);
            return (x, y, c) -> image.sample(mirrored(x + dx, image.width()), mirrored(y + dy, image.height()), c);
        });
    }

    private static int offset(SplittableRandom random) {
        int distance = random.nextInt(NEAREST, FARTHEST + 1);
        return random.nextBoolean() ? distance : -distance;
    }

    /** A block at the edge shows what lies inwards. */
    private static int mirrored(int at, int length) {
        int turned = at < 0 ? -1 - at : at >= length ? 2 * length - 1 - at : at;
        return Math.max(0, Math.min(length - 1, turned));
    }
}
