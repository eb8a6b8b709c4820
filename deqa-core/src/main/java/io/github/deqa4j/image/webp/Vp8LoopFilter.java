package io.github.deqa4j.image.webp;

/**
 * Smooths the edges of macroblocks and subblocks (RFC 6386, section 15). It runs over the finished image, because
 * prediction uses unfiltered samples.
 */
final class Vp8LoopFilter {
    private static final int LUMA = 16;
    private static final int CHROMA = 8;
    private static final int SUBBLOCK = 4;

    private final int level;
    private final int interior;
    private final boolean simple;
    private final boolean inside;

    /**
     * The filter of a macroblock.
     *
     * @param level 1 to 63
     * @param inside whether the edges of its subblocks are smoothed, too
     */
    Vp8LoopFilter(int level, int sharpness, boolean simple, boolean inside) {
        int limit = level;
        if (sharpness > 0) {
            limit = Math.min(limit >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
        }
        this.level = level;
        this.interior = Math.max(1, limit);
        this.simple = simple;
        this.inside = inside;
    }

    void apply(Vp8Plane y, Vp8Plane u, Vp8Plane v, int column, int row) {
        block(y, column * LUMA, row * LUMA, LUMA);
        if (!simple) {
            block(u, column * CHROMA, row * CHROMA, CHROMA);
            block(v, column * CHROMA, row * CHROMA, CHROMA);
        }
    }

    private void block(Vp8Plane plane, int left, int top, int size) {
        if (left > 0) {
            edge(plane.samples(), plane.index(left, top), 1, plane.stride(), size, true);
        }
        for (int x = SUBBLOCK; inside && x < size; x += SUBBLOCK) {
            edge(plane.samples(), plane.index(left + x, top), 1, plane.stride(), size, false);
        }
        if (top > 0) {
            edge(plane.samples(), plane.index(left, top), plane.stride(), 1, size, true);
        }
        for (int y = SUBBLOCK; inside && y < size; y += SUBBLOCK) {
            edge(plane.samples(), plane.index(left, top + y), plane.stride(), 1, size, false);
        }
    }

    /**
     * Smooths across an edge.
     *
     * @param start index of the first sample after the edge
     * @param across distance to the next sample away from it
     * @param along distance to the next sample beside it
     * @param outer whether it is the macroblock's edge
     */
    private void edge(byte[] s, int start, int across, int along, int size, boolean outer) {
        int limit = 2 * (2 * level + interior + (outer ? 4 : 0)) + 1;
        for (int i = 0, at = start; i < size; i++, at += along) {
            if (4 * difference(s, at - across, at) + difference(s, at - 2 * across, at + across) > limit) {
                continue;
            }
            if (simple) {
                narrow(s, at, across, true);
            } else if (isCalm(s, at, across)) {
                smooth(s, at, across, outer);
            }
        }
    }

    private void smooth(byte[] s, int at, int across, boolean outer) {
        int threshold = level >= 40 ? 2 : level >= 15 ? 1 : 0;
        boolean busy =
                difference(s, at - 2 * across, at - across) > threshold || difference(s, at + across, at) > threshold;
        if (busy) {
            narrow(s, at, across, true);
        } else if (outer) {
            wide(s, at, across);
        } else {
            middle(s, at, across, narrow(s, at, across, false));
        }
    }

    /** Whether no step between neighbors on either side is large. */
    private boolean isCalm(byte[] s, int at, int across) {
        return difference(s, at - 4 * across, at - 3 * across) <= interior
                && difference(s, at - 3 * across, at - 2 * across) <= interior
                && difference(s, at - 2 * across, at - across) <= interior
                && difference(s, at + 3 * across, at + 2 * across) <= interior
                && difference(s, at + 2 * across, at + across) <= interior
                && difference(s, at + across, at) <= interior;
    }

    /** Changes one sample on each side. Returns by how much the sample after the edge was lowered. */
    private static int narrow(byte[] s, int at, int across, boolean outerTaps) {
        int step = 3 * (value(s, at) - value(s, at - across));
        if (outerTaps) {
            step += clip(value(s, at - 2 * across) - value(s, at + across), 127);
        }
        int after = clip((step + 4) >> 3, 15);
        move(s, at - across, clip((step + 3) >> 3, 15));
        move(s, at, -after);
        return after;
    }

    private static void middle(byte[] s, int at, int across, int after) {
        int half = (after + 1) >> 1;
        move(s, at - 2 * across, half);
        move(s, at + across, -half);
    }

    /** Changes three samples on each side by 27, 18 and 9 of 64 parts of the step. */
    private static void wide(byte[] s, int at, int across) {
        int outer = clip(value(s, at - 2 * across) - value(s, at + across), 127);
        int step = clip(3 * (value(s, at) - value(s, at - across)) + outer, 127);
        for (int i = 0; i < 3; i++) {
            int change = (9 * (3 - i) * step + 63) >> 7;
            move(s, at - (1 + i) * across, change);
            move(s, at + i * across, -change);
        }
    }

    private static void move(byte[] s, int at, int change) {
        s[at] = Vp8Plane.clip(value(s, at) + change);
    }

    private static int value(byte[] s, int at) {
        return s[at] & 0xFF;
    }

    private static int difference(byte[] s, int a, int b) {
        return Math.abs(value(s, a) - value(s, b));
    }

    /** Clips to −limit − 1 … limit. */
    private static int clip(int value, int limit) {
        return Math.max(-limit - 1, Math.min(limit, value));
    }
}
