package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Replaces some square blocks of an image. Which come first is drawn at random and does not depend on how many there
 * are; the last one is mixed in by the fraction of it that is due, so that nothing jumps.
 */
final class Blocks {
    private Blocks() {}

    /** What stands in a block instead. */
    interface Replacement {
        /** A sample of a replaced block; values beyond 0…255 are not allowed. */
        int sample(int x, int y, int channel);
    }

    /** Chooses a replacement for a block. */
    interface Choice {
        Replacement of(SplittableRandom random);
    }

    /**
     * The image with some blocks replaced.
     *
     * @param side of a block, in pixels; at the right and bottom edge blocks are cut off
     * @param part of all blocks, 0 to 1
     */
    static RgbImage replace(RgbImage image, int side, double part, SplittableRandom random, Choice choice) {
        int across = (image.width() + side - 1) / side;
        int down = (image.height() + side - 1) / side;
        int[] order = shuffled(across * down, random);
        double due = part * order.length;
        byte[] samples = image.samples().clone();
        for (int i = 0; i < due; i++) {
            Replacement replacement = choice.of(random.split());
            double share = Math.min(1, due - i);
            mix(image, samples, order[i] % across * side, order[i] / across * side, side, share, replacement);
        }
        return new RgbImage(image.width(), image.height(), samples);
    }

    private static void mix(
            RgbImage image, byte[] samples, int left, int top, int side, double share, Replacement replacement) {
        for (int y = top; y < Math.min(image.height(), top + side); y++) {
            for (int x = left; x < Math.min(image.width(), left + side); x++) {
                for (int c = 0; c < RgbImage.CHANNELS; c++) {
                    double old = image.sample(x, y, c);
                    samples[(y * image.width() + x) * RgbImage.CHANNELS + c] =
                            Planes.roundCode((float) (old + share * (replacement.sample(x, y, c) - old)));
                }
            }
        }
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
