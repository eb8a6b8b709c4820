package io.github.deqa4j.image.webp;

import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the coefficients of macroblocks (RFC 6386, sections 13 and 14): tokens, multiplied by the quantizer step, and
 * the averages of a luma block, which are distributed to its subblocks.
 */
final class Vp8Residuals {
    /** Subblocks of a macroblock: 16 of Y, 4 of U, 4 of V. */
    static final int SUBBLOCKS = 24;

    /** Coefficients of a subblock. */
    static final int SIZE = 16;

    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
    private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
    private static final int[][] LARGE = {
        {173, 148, 140},
        {176, 155, 140, 135},
        {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
    };
    private static final int LUMA_WITHOUT_DC = 0;
    private static final int AVERAGES = 1;
    private static final int CHROMA = 2;
    private static final int LUMA = 3;
    private static final int CONTEXTS = 9; // along an edge: 4 of Y, 2 of U, 2 of V, 1 of the averages
    private static final int AVERAGES_CONTEXT = 8;
    private static final int NODES = 11;

    private final int[] probabilities;
    private final int[][] steps;
    private final boolean[] above;
    private final boolean[] left = new boolean[CONTEXTS];
    private final int[] coefficients = new int[SUBBLOCKS * SIZE];
    private final int[] averages = new int[SIZE];
    private boolean any;

    Vp8Residuals(Vp8Header header, int columns) {
        this.probabilities = header.tokenProbabilities();
        this.steps = new int[][] {
            header.quantizerSteps(0), header.quantizerSteps(1), header.quantizerSteps(2), header.quantizerSteps(3)
        };
        this.above = new boolean[columns * CONTEXTS];
    }

    void startRow() {
        Arrays.fill(left, false);
    }

    /** Coefficients of the macroblock's subblocks, [24 × 16], row by row. */
    int[] coefficients() {
        return coefficients;
    }

    /** Whether one of them is not zero. */
    boolean any() {
        return any;
    }

    /** Reads the coefficients of the next macroblock, in a column. */
    void next(Vp8Modes modes, Vp8BoolDecoder source, int column) throws IOException {
        Arrays.fill(coefficients, 0);
        any = false;
        int edge = column * CONTEXTS;
        if (modes.skipped()) {
            skip(edge, modes.bySubblocks());
            return;
        }
        int[] step = steps[modes.currentSegment()];
        if (!modes.bySubblocks()) {
            readAverages(source, edge, step);
        }
        readBlocks(source, edge, modes.bySubblocks() ? LUMA : LUMA_WITHOUT_DC, step);
    }

    private void skip(int edge, boolean bySubblocks) {
        int count = bySubblocks ? AVERAGES_CONTEXT : CONTEXTS; // without averages, their context stays
        Arrays.fill(above, edge, edge + count, false);
        Arrays.fill(left, 0, count, false);
    }

    private void readAverages(Vp8BoolDecoder source, int edge, int[] step) throws IOException {
        Arrays.fill(averages, 0);
        int context = edge + AVERAGES_CONTEXT;
        int end =
                read(source, AVERAGES, count(above[context], left[AVERAGES_CONTEXT]), 0, averages, 0, step[2], step[3]);
        above[context] = end > 0;
        left[AVERAGES_CONTEXT] = end > 0;
        Vp8Transform.spreadAverages(averages, coefficients);
    }

    private void readBlocks(Vp8BoolDecoder source, int edge, int lumaType, int[] step) throws IOException {
        int first = lumaType == LUMA ? 0 : 1;
        for (int i = 0; i < 16; i++) {
            readBlock(source, lumaType, edge + i % 4, i / 4, first, i, step[0], step[1]);
        }
        for (int i = 16; i < SUBBLOCKS; i++) {
            int plane = 4 + (i - 16) / 4 * 2; // contexts of U begin at 4, of V at 6
            readBlock(source, CHROMA, edge + plane + i % 2, plane + i % 4 / 2, 0, i, step[4], step[5]);
        }
    }

    private void readBlock(
            Vp8BoolDecoder source, int type, int aboveAt, int leftAt, int first, int block, int dc, int ac)
            throws IOException {
        int context = count(above[aboveAt], left[leftAt]);
        int end = read(source, type, context, first, coefficients, block * SIZE, dc, ac);
        above[aboveAt] = end > first;
        left[leftAt] = end > first;
        any |= end > 1 || coefficients[block * SIZE] != 0;
    }

    /** Reads the tokens of a subblock. Returns the index after the last coefficient in zigzag order. */
    private int read(Vp8BoolDecoder source, int type, int context, int first, int[] into, int offset, int dc, int ac)
            throws IOException {
        int node = node(type, first, context);
        for (int i = first; i < SIZE; i++) {
            if (!source.flag(probabilities[node])) {
                return i;
            }
            while (!source.flag(probabilities[node + 1])) {
                i++;
                if (i == SIZE) {
                    return SIZE;
                }
                node = node(type, i, 0);
            }
            boolean one = !source.flag(probabilities[node + 2]);
            int magnitude = one ? 1 : magnitude(source, node);
            into[offset + ZIGZAG[i]] = (source.flag() ? -magnitude : magnitude) * (i > 0 ? ac : dc);
            node = node(type, i + 1, one ? 1 : 2);
        }
        return SIZE;
    }

    private int magnitude(Vp8BoolDecoder source, int node) throws IOException {
        if (!source.flag(probabilities[node + 3])) {
            return !source.flag(probabilities[node + 4]) ? 2 : 3 + source.bit(probabilities[node + 5]);
        }
        if (!source.flag(probabilities[node + 6])) {
            return !source.flag(probabilities[node + 7])
                    ? 5 + source.bit(159)
                    : 7 + 2 * source.bit(165) + source.bit(145);
        }
        int high = source.bit(probabilities[node + 8]);
        int category = 2 * high + source.bit(probabilities[node + 9 + high]);
        int value = 0;
        for (int probability : LARGE[category]) {
            value = 2 * value + source.bit(probability);
        }
        return value + 3 + (8 << category);
    }

    private static int node(int type, int coefficient, int context) {
        return ((type * 8 + BANDS[coefficient]) * 3 + context) * NODES;
    }

    private static int count(boolean a, boolean b) {
        return (a ? 1 : 0) + (b ? 1 : 0);
    }
}
