package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * JPEG twice, the second time with the blocks 1 to 7 pixels off in both directions: a file that was cropped or pasted
 * and saved again, with two grids of block edges.
 */
final class JpegTwice implements Distortion {
    private static final Scale TABLES = Scale.ofRatios(0.6, 6.4);
    private static final int BLOCK = 8;

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        double tables = TABLES.at(strength);
        int dx = 1 + random.nextInt(BLOCK - 1);
        int dy = 1 + random.nextInt(BLOCK - 1);
        RgbImage first = JpegCodec.pass(image, tables);
        RgbImage second = JpegCodec.pass(window(first, -dx, -dy, image.width() + dx, image.height() + dy), tables);
        return window(second, dx, dy, image.width(), image.height());
    }

    /** A part of an image; outside, the edge goes on. */
    private static RgbImage window(RgbImage image, int left, int top, int width, int height) {
        byte[] from = image.samples();
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        int to = 0;
        for (int y = top; y < top + height; y++) {
            int row = Math.max(0, Math.min(image.height() - 1, y)) * image.width();
            for (int x = left; x < left + width; x++) {
                int pixel = (row + Math.max(0, Math.min(image.width() - 1, x))) * RgbImage.CHANNELS;
                samples[to++] = from[pixel];
                samples[to++] = from[pixel + 1];
                samples[to++] = from[pixel + 2];
            }
        }
        return new RgbImage(width, height, samples);
    }
}
