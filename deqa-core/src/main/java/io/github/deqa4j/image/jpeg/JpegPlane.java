package io.github.deqa4j.image.jpeg;

/**
 * The samples of a JPEG component around the current row, and their upsampling as in libjpeg: by weights 3 : 1 for a
 * factor of two, otherwise by repetition.
 */
final class JpegPlane {
    private static final int ROWS_OF_UNITS = 3; // the one that is written, and its neighbors
    private static final int LEAST_SMOOTHED_WIDTH = 3;

    private final JpegComponent component;
    private final JpegTransform transform;
    private final int stride;
    private final int rowsOfUnit;
    private final byte[] samples;
    private final int wider;
    private final int higher;
    private final boolean smoothAcross;
    private final boolean smoothDown;
    private final int[] sums;

    JpegPlane(JpegFrame frame, JpegComponent component) {
        this.component = component;
        this.transform = new JpegTransform(component.steps);
        this.stride = component.stride * JpegComponent.SIDE;
        this.rowsOfUnit = component.down * JpegComponent.SIDE;
        this.samples = new byte[ROWS_OF_UNITS * rowsOfUnit * stride];
        this.wider = frame.across / component.across;
        this.higher = frame.down / component.down;
        boolean wideEnough = component.width >= LEAST_SMOOTHED_WIDTH;
        this.smoothAcross = wider == 2 && higher <= 2 && wideEnough;
        this.smoothDown = higher == 2 && (wider == 1 || (wider == 2 && wideEnough));
        this.sums = new int[component.width];
    }

    /** Transforms a row of units, whose first block row in the coefficients is given. */
    void add(int unitRow, int blockRow) {
        for (int i = 0; i < component.down; i++) {
            int coefficients = (blockRow + i) * component.stride * JpegComponent.SIZE;
            int to = row(unitRow * rowsOfUnit + i * JpegComponent.SIDE);
            for (int x = 0; x < component.stride; x++) {
                transform.inverse(
                        component.coefficients,
                        coefficients + x * JpegComponent.SIZE,
                        samples,
                        to + x * JpegComponent.SIDE,
                        stride);
            }
        }
    }

    /**
     * Writes a row of the image, one sample to a pixel.
     *
     * @param y row of the image
     * @param pixels where samples go, from an index on and a few apart
     */
    void write(int y, int width, byte[] pixels, int to, int apart) {
        int near = row(y / higher);
        if (smoothDown) {
            int far = y % 2 == 0 ? Math.max(0, y / 2 - 1) : Math.min(component.height - 1, y / 2 + 1);
            sum(near, row(far));
        }
        if (smoothAcross && smoothDown) {
            writeBetween(width, pixels, to, apart, 4, 8, 7);
        } else if (smoothAcross) {
            load(near);
            writeBetween(width, pixels, to, apart, 2, 1, 2);
        } else if (smoothDown) {
            for (int x = 0; x < width; x++) {
                pixels[to + x * apart] = (byte) ((sums[x] + 1 + y % 2) >> 2);
            }
        } else {
            for (int x = 0; x < width; x++) {
                pixels[to + x * apart] = samples[near + x / wider];
            }
        }
    }

    private int row(int y) {
        return y % (ROWS_OF_UNITS * rowsOfUnit) * stride;
    }

    private void load(int row) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] = samples[row + x] & 0xFF;
        }
    }

    private void sum(int near, int far) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] = 3 * (samples[near + x] & 0xFF) + (samples[far + x] & 0xFF);
        }
    }

    /** Two samples for each sum, nearer to it than to its neighbor; at both ends the sum is its own neighbor. */
    private void writeBetween(int width, byte[] pixels, int to, int apart, int shift, int roundLeft, int roundRight) {
        int last = sums.length - 1;
        int before = sums[0];
        int here = before;
        int at = to;
        for (int i = 0; i <= last; i++) {
            int after = sums[Math.min(last, i + 1)];
            pixels[at] = (byte) ((3 * here + before + roundLeft) >> shift);
            if (2 * i + 1 < width) {
                pixels[at + apart] = (byte) ((3 * here + after + roundRight) >> shift);
            }
            at += 2 * apart;
            before = here;
            here = after;
        }
    }
}
