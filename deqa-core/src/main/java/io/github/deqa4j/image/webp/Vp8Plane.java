package io.github.deqa4j.image.webp;

import java.util.Arrays;

/** Samples of Y, U or V in whole macroblocks, with the border that prediction uses: 127 above, 129 to the left. */
final class Vp8Plane {
    private static final int ABOVE = 127;
    private static final int LEFT = 129;
    /** Prediction reads this many samples beyond the right end of the row above. */
    private static final int RIGHT_BORDER = 4;

    private final byte[] samples;
    private final int stride;

    Vp8Plane(int width, int height) {
        this.stride = width + 1 + RIGHT_BORDER;
        this.samples = new byte[Math.multiplyExact(stride, height + 1)];
        Arrays.fill(samples, 0, stride, (byte) ABOVE);
        for (int y = 0; y < height; y++) {
            samples[index(-1, y)] = (byte) LEFT;
        }
    }

    byte[] samples() {
        return samples;
    }

    /** Distance of two rows in the samples. */
    int stride() {
        return stride;
    }

    /** Where a sample is; −1 is a border. */
    int index(int x, int y) {
        return (y + 1) * stride + x + 1;
    }

    int get(int x, int y) {
        return samples[index(x, y)] & 0xFF;
    }

    void set(int x, int y, int value) {
        samples[index(x, y)] = clip(value);
    }

    static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
