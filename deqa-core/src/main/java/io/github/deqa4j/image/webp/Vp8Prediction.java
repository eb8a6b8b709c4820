package io.github.deqa4j.image.webp;

/** Prediction of blocks from the samples above them and to their left (RFC 6386, section 12), before any smoothing. */
final class Vp8Prediction {
    private static final int SUBBLOCK = 4;
    private static final int EDGE = 13;
    private static final int CORNER = 4;

    /**
     * Which place along the edge each sample of a subblock continues, by mode. The edge runs from the lowest sample on the
     * left (0) over the corner (4) to the last one above (12). Twice a place is the 1-2-1 mean around it, one more than
     * that the mean with the next.
     */
    private static final int[][] PLACES = {
        {}, // DC
        {}, // true motion
        {10, 12, 14, 16, 10, 12, 14, 16, 10, 12, 14, 16, 10, 12, 14, 16}, // vertical
        {6, 6, 6, 6, 4, 4, 4, 4, 2, 2, 2, 2, 0, 0, 0, 0}, // horizontal
        {12, 14, 16, 18, 14, 16, 18, 20, 16, 18, 20, 22, 18, 20, 22, 24}, // left down
        {8, 10, 12, 14, 6, 8, 10, 12, 4, 6, 8, 10, 2, 4, 6, 8}, // right down
        {9, 11, 13, 15, 8, 10, 12, 14, 6, 9, 11, 13, 4, 8, 10, 12}, // vertical right
        {11, 13, 15, 17, 12, 14, 16, 18, 13, 15, 17, 20, 14, 16, 18, 22}, // vertical left
        {7, 8, 10, 12, 5, 6, 7, 8, 3, 4, 5, 6, 1, 2, 3, 4}, // horizontal down
        {5, 4, 3, 2, 3, 2, 1, 0, 1, 0, -2, -2, -2, -2, -2, -2}, // horizontal up
    };

    private Vp8Prediction() {}

    /** Predicts a square block as a whole. */
    static void block(Vp8Plane plane, int left, int top, int size, int mode) {
        int dc = mode == Vp8Modes.DC ? mean(plane, left, top, size) : 0;
        for (int y = top; y < top + size; y++) {
            for (int x = left; x < left + size; x++) {
                plane.set(x, y, sample(plane, left, top, x, y, mode, dc));
            }
        }
    }

    /**
     * Predicts a subblock of 4 × 4 samples.
     *
     * @param above the eight samples above it and above its right neighbor
     */
    static void subblock(Vp8Plane plane, int left, int top, int mode, int[] above) {
        int[] edge = edge(plane, left, top, above);
        int dc = dc(edge);
        for (int i = 0; i < SUBBLOCK * SUBBLOCK; i++) {
            int x = i % SUBBLOCK;
            int y = i / SUBBLOCK;
            int value = switch (mode) {
                case Vp8Modes.DC -> dc;
                case Vp8Modes.TRUE_MOTION -> edge[CORNER - 1 - y] + edge[CORNER + 1 + x] - edge[CORNER];
                default -> along(edge, PLACES[mode][i]);
            };
            plane.set(left + x, top + y, value);
        }
    }

    private static int sample(Vp8Plane plane, int left, int top, int x, int y, int mode, int dc) {
        return switch (mode) {
            case Vp8Modes.DC -> dc;
            case Vp8Modes.VERTICAL -> plane.get(x, top - 1);
            case Vp8Modes.HORIZONTAL -> plane.get(left - 1, y);
            default -> plane.get(left - 1, y) + plane.get(x, top - 1) - plane.get(left - 1, top - 1);
        };
    }

    /** The mean of the neighbors inside the image; 128 where there are none. */
    private static int mean(Vp8Plane plane, int left, int top, int size) {
        int sum = 0;
        int count = 0;
        for (int i = 0; i < size; i++) {
            sum += (top > 0 ? plane.get(left + i, top - 1) : 0) + (left > 0 ? plane.get(left - 1, top + i) : 0);
            count += (top > 0 ? 1 : 0) + (left > 0 ? 1 : 0);
        }
        return count == 0 ? 128 : (sum + count / 2) / count;
    }

    private static int[] edge(Vp8Plane plane, int left, int top, int[] above) {
        int[] edge = new int[EDGE];
        for (int i = 0; i < CORNER; i++) {
            edge[i] = plane.get(left - 1, top + CORNER - 1 - i);
        }
        edge[CORNER] = plane.get(left - 1, top - 1);
        System.arraycopy(above, 0, edge, CORNER + 1, above.length);
        return edge;
    }

    private static int dc(int[] edge) {
        int sum = SUBBLOCK;
        for (int i = 0; i < SUBBLOCK; i++) {
            sum += edge[CORNER - 1 - i] + edge[CORNER + 1 + i];
        }
        return sum >> 3;
    }

    private static int along(int[] edge, int place) {
        int at = place >> 1;
        return place % 2 == 0
                ? (at(edge, at - 1) + 2 * at(edge, at) + at(edge, at + 1) + 2) >> 2
                : (at(edge, at) + at(edge, at + 1) + 1) >> 1;
    }

    /** The edge goes on with its end samples. */
    private static int at(int[] edge, int place) {
        return edge[Math.max(0, Math.min(EDGE - 1, place))];
    }
}
