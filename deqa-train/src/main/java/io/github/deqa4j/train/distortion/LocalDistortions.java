package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/** Distortions of single blocks of an image. */
final class LocalDistortions {
    private LocalDistortions() {}

    /**
     * Blocks of {@value #SIDE} × {@value #SIDE} pixels that show a place up to {@value #FARTHEST} pixels away in each
     * direction: a video's wrong motion vectors; TID2013's and KADID-10k's "non-eccentricity pattern noise", there with 20,
     * 40, 60, 80, 100 patches of an image of 512 × 384 pixels, up to 13 % of it.
     */
    static final class BlockShift implements Distortion {
        private static final StrengthScale PART = StrengthScale.ofRatios(0.02, 0.35);
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

        /** Mirrors a position that lies outside the image. */
        private static int mirrored(int at, int length) {
            int turned = at < 0 ? -1 - at : at >= length ? 2 * length - 1 - at : at;
            return Math.max(0, Math.min(length - 1, turned));
        }
    }

    /**
     * Blocks of {@value #SIDE} × {@value #SIDE} pixels that have one color, drawn at random: data lost on the way.
     * KADID-10k puts 2, 4, 6, 8, 10 blocks of 32 × 32 pixels on an image of 512 × 384, 1 to 5 % of it.
     */
    static final class BlockLoss implements Distortion {
        private static final StrengthScale PART = StrengthScale.ofRatios(0.008, 0.16);
        private static final int SIDE = 32;

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            return Blocks.replace(image, SIDE, PART.at(strength), random, draws -> {
                int[] color = {draws.nextInt(Srgb.CODES), draws.nextInt(Srgb.CODES), draws.nextInt(Srgb.CODES)};
                return (x, y, c) -> color[c];
            });
        }
    }

    /**
     * Replaces some square blocks of an image, in a random order that does not depend on their number. The last block is
     * blended with the image by the remaining fraction, so that the result changes continuously with the number.
     */
    static final class Blocks {
        private Blocks() {}

        /** The new content of a block. */
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
                                FloatImage.roundCode((float) (old + share * (replacement.sample(x, y, c) - old)));
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
}
