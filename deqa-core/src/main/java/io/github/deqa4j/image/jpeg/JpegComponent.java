package io.github.deqa4j.image.jpeg;

import java.util.Arrays;

/** A color component of a JPEG frame: its size in blocks, its coefficients, and the state of their decoding. */
final class JpegComponent {
    /** Samples along a side of a block. */
    static final int SIDE = 8;

    /** Coefficients of a block. */
    static final int SIZE = SIDE * SIDE;

    /** Where a coefficient in zigzag order stands in its block, row by row. */
    static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    /** The precision of a coefficient of which nothing has been read. */
    static final int UNSEEN = -1;

    final int id;
    final int across;
    final int down;
    final int quantizer;

    /** Samples that are part of the image. */
    int width;

    int height;

    /** Blocks that hold them. */
    int blocksWide;

    int blocksHigh;

    /** Blocks in a row, filled up to whole interleaved units. */
    int stride;

    /** [block rows × stride × 64]: of the whole image, or of one row of units. */
    short[] coefficients = {};

    /** How many low bits of each coefficient are yet to come, in zigzag order. */
    final int[] missingBits = new int[SIZE];

    /** In zigzag order; empty until a scan has the component. */
    int[] steps = {};

    /** The last DC coefficient of the scan. */
    int predictor;

    /**
     * A component as the frame header describes it.
     *
     * @param across horizontal sampling factor, 1 to 4
     * @param down vertical sampling factor, 1 to 4
     * @param quantizer index of its table, 0 to 3
     */
    JpegComponent(int id, int across, int down, int quantizer) {
        this.id = id;
        this.across = across;
        this.down = down;
        this.quantizer = quantizer;
        Arrays.fill(missingBits, UNSEEN);
    }

    /** Whether all bits of all coefficients are there. */
    boolean isComplete() {
        return Arrays.stream(missingBits).allMatch(bits -> bits == 0);
    }
}
