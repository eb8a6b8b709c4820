package io.github.deqa4j.image.webp;

import java.io.IOException;
import java.util.Arrays;

/** Reads the prediction modes of macroblocks (RFC 6386, section 11) in order. */
final class Vp8Modes {
    static final int DC = 0;
    static final int TRUE_MOTION = 1;
    static final int VERTICAL = 2;
    static final int HORIZONTAL = 3;
    static final int LEFT_DOWN = 4;
    static final int RIGHT_DOWN = 5;
    static final int VERTICAL_RIGHT = 6;
    static final int VERTICAL_LEFT = 7;
    static final int HORIZONTAL_DOWN = 8;
    static final int HORIZONTAL_UP = 9;

    private static final int ACROSS = 4;

    private final Vp8Header header;
    private final Vp8BoolDecoder source;
    private final int[] above;
    private final int[] left = new int[ACROSS];
    private final int[] subblocks = new int[ACROSS * ACROSS];
    private int segment;
    private boolean skipped;
    private boolean bySubblocks;
    private int luma;
    private int chroma;

    Vp8Modes(Vp8Header header, int columns) {
        this.header = header;
        this.source = header.modes();
        this.above = new int[columns * ACROSS];
    }

    void startRow() {
        Arrays.fill(left, DC);
    }

    /** Reads the modes of the next macroblock, in a column. */
    void next(int column) throws IOException {
        segment = header.hasSegmentMap() ? segment() : 0;
        skipped = header.skipProbability() >= 0 && source.flag(header.skipProbability());
        bySubblocks = !source.flag(145);
        if (bySubblocks) {
            readSubblocks(column * ACROSS);
        } else {
            luma = lumaMode();
            Arrays.fill(above, column * ACROSS, (column + 1) * ACROSS, luma);
            Arrays.fill(left, luma);
        }
        chroma = chromaMode();
    }

    int currentSegment() {
        return segment;
    }

    /** Whether the macroblock is marked as having no coefficients. */
    boolean skipped() {
        return skipped;
    }

    /** Whether each of the 16 luma subblocks has a mode of its own. */
    boolean bySubblocks() {
        return bySubblocks;
    }

    int subblock(int i) {
        return subblocks[i];
    }

    /** Mode of the whole luma block. */
    int luma() {
        return luma;
    }

    int chroma() {
        return chroma;
    }

    private int segment() throws IOException {
        return source.flag(header.segmentProbability(0))
                ? 2 + source.bit(header.segmentProbability(2))
                : source.bit(header.segmentProbability(1));
    }

    private int lumaMode() throws IOException {
        if (source.flag(156)) {
            return source.flag(128) ? TRUE_MOTION : HORIZONTAL;
        }
        return source.flag(163) ? VERTICAL : DC;
    }

    private int chromaMode() throws IOException {
        if (!source.flag(142)) {
            return DC;
        }
        if (!source.flag(114)) {
            return VERTICAL;
        }
        return source.flag(183) ? TRUE_MOTION : HORIZONTAL;
    }

    private void readSubblocks(int firstAbove) throws IOException {
        for (int i = 0; i < subblocks.length; i++) {
            int x = firstAbove + i % ACROSS;
            int y = i / ACROSS;
            subblocks[i] = subblockMode(above[x], left[y]);
            above[x] = subblocks[i];
            left[y] = subblocks[i];
        }
    }

    private int subblockMode(int aboveMode, int leftMode) throws IOException {
        if (!node(aboveMode, leftMode, 0)) {
            return DC;
        }
        if (!node(aboveMode, leftMode, 1)) {
            return TRUE_MOTION;
        }
        if (!node(aboveMode, leftMode, 2)) {
            return VERTICAL;
        }
        return node(aboveMode, leftMode, 3) ? leftwardMode(aboveMode, leftMode) : rightwardMode(aboveMode, leftMode);
    }

    private int rightwardMode(int aboveMode, int leftMode) throws IOException {
        if (!node(aboveMode, leftMode, 4)) {
            return HORIZONTAL;
        }
        return node(aboveMode, leftMode, 5) ? VERTICAL_RIGHT : RIGHT_DOWN;
    }

    private int leftwardMode(int aboveMode, int leftMode) throws IOException {
        if (!node(aboveMode, leftMode, 6)) {
            return LEFT_DOWN;
        }
        if (!node(aboveMode, leftMode, 7)) {
            return VERTICAL_LEFT;
        }
        return node(aboveMode, leftMode, 8) ? HORIZONTAL_UP : HORIZONTAL_DOWN;
    }

    private boolean node(int aboveMode, int leftMode, int node) throws IOException {
        return source.flag(Vp8Tables.subblockMode(aboveMode, leftMode, node));
    }
}
