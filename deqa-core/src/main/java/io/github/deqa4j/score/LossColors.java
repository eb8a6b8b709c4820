package io.github.deqa4j.score;

import java.util.List;

/**
 * The colors of losses: from nothing over purple, red and orange to yellow, ever brighter and ever less transparent. They are a
 * stretch of matplotlib's "inferno", whose brightness grows evenly, so that those who see fewer hues see the order, too.
 */
final class LossColors {
    private static final List<Integer> ANCHORS = List.of(0x781C6D, 0xBC3754, 0xED6925, 0xFBB61A);

    /** Leaves a third of the image's contrast where the loss is greatest. */
    private static final double LEAST_TRANSPARENCY = 0.35;

    private LossColors() {}

    /**
     * Paints a pixel.
     *
     * @param samples where
     * @param at index of its red
     * @param gray what is painted over, 0 to 255
     * @param lost 0 to 1
     */
    static void paint(byte[] samples, int at, int gray, double lost) {
        double opacity = lost * (1 - LEAST_TRANSPARENCY);
        double place = lost * (ANCHORS.size() - 1);
        int below = Math.min((int) place, ANCHORS.size() - 2);
        for (int c = 0; c < 3; c++) {
            int start = channel(ANCHORS.get(below), c);
            double color = start + (place - below) * (channel(ANCHORS.get(below + 1), c) - start);
            samples[at + c] = (byte) Math.round(gray + opacity * (color - gray));
        }
    }

    private static int channel(int rgb, int c) {
        return rgb >> (16 - 8 * c) & 0xFF;
    }
}
