package io.github.deqa4j.score;

import io.github.deqa4j.image.RgbImage;
import java.util.Arrays;
import java.util.Locale;

/** A bar of the colors, with the scores at its two ends, the best at the left. */
final class Legend {
    private static final int BACKGROUND = 32;
    private static final int INK = 224;
    private static final int IMAGE = 128; // the gray that the bar's colors lie over
    private static final int UNIT_PER_WIDTH = 320; // a letter's dot is one pixel more for so many
    private static final int MARGIN = 4; // these in dots
    private static final int LEAST_BAR = 32;
    private static final int LETTERS = 3;
    private static final int TEXT = LETTERS * (Digits.WIDTH + 1);
    private static final int LEAST_WIDTH = 2 * (MARGIN + TEXT + MARGIN) + LEAST_BAR;
    private static final int HEIGHT = MARGIN + Digits.HEIGHT + MARGIN;

    private final LossScale scale;

    Legend(LossScale scale) {
        this.scale = scale;
    }

    /** An image with the legend below it; a narrow one stands in the middle. */
    RgbImage below(RgbImage image) {
        int width = Math.max(image.width(), LEAST_WIDTH);
        int dot = 1 + width / (UNIT_PER_WIDTH + LEAST_WIDTH);
        Canvas canvas = new Canvas(width, image.height() + dot * HEIGHT);
        canvas.put(image, (width - image.width()) / 2);
        int top = image.height() + dot * MARGIN;
        canvas.write(number(scale.best()), dot * MARGIN, top, dot);
        canvas.write(number(scale.worst()), width - dot * (TEXT + MARGIN - 1), top, dot);
        canvas.bar(dot * (MARGIN + TEXT + MARGIN), width - dot * (MARGIN + TEXT + MARGIN), top, dot * Digits.HEIGHT);
        return canvas.image();
    }

    private static String number(double score) {
        return String.format(Locale.ROOT, "%.1f", score);
    }

    private static final class Canvas {
        private final int width;
        private final int height;
        private final byte[] samples;

        Canvas(int width, int height) {
            this.width = width;
            this.height = height;
            samples = new byte[width * height * RgbImage.CHANNELS];
            Arrays.fill(samples, (byte) BACKGROUND);
        }

        RgbImage image() {
            return new RgbImage(width, height, samples);
        }

        void put(RgbImage image, int left) {
            int row = image.width() * RgbImage.CHANNELS;
            for (int y = 0; y < image.height(); y++) {
                System.arraycopy(image.samples(), y * row, samples, index(left, y), row);
            }
        }

        void bar(int left, int right, int top, int rows) {
            for (int y = top; y < top + rows; y++) {
                for (int x = left; x < right; x++) {
                    LossColors.paint(samples, index(x, y), IMAGE, (x - left + 0.5) / (right - left));
                }
            }
        }

        void write(String text, int left, int top, int dot) {
            for (int i = 0; i < text.length(); i++) {
                for (int y = 0; y < Digits.HEIGHT * dot; y++) {
                    for (int x = 0; x < Digits.WIDTH * dot; x++) {
                        if (Digits.inked(text.charAt(i), x / dot, y / dot)) {
                            int at = index(left + i * (Digits.WIDTH + 1) * dot + x, top + y);
                            Arrays.fill(samples, at, at + RgbImage.CHANNELS, (byte) INK);
                        }
                    }
                }
            }
        }

        private int index(int x, int y) {
            return (y * width + x) * RgbImage.CHANNELS;
        }
    }
}
