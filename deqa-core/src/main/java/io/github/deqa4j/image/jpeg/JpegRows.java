package io.github.deqa4j.image.jpeg;

import java.util.Arrays;
import java.util.List;

/** Converts rows of units to rows of pixels with interleaved components. */
final class JpegRows {
    private final JpegFrame frame;
    private final Writer writer;
    private final List<JpegPlane> planes;
    private final byte[] pixels;
    private int added;

    /** Takes a row of pixels, [width × components], and may write to it. */
    interface Writer {
        void write(int y, byte[] pixels);
    }

    /** Makes a writer for a frame, when it is certain that the frame has data. */
    interface Factory {
        Writer writer(JpegFrame frame);
    }

    JpegRows(JpegFrame frame, Factory factory) {
        this.frame = frame;
        this.writer = factory.writer(frame);
        this.planes =
                frame.components.stream().map(c -> new JpegPlane(frame, c)).toList();
        this.pixels = new byte[frame.width * planes.size()];
    }

    /** Adds the only row of units that the components have room for, and clears it. */
    void addAndForget() {
        add(0, false);
        frame.components.forEach(c -> Arrays.fill(c.coefficients, (short) 0));
    }

    /** Adds a row of units. */
    void add(int row) {
        add(row, true);
    }

    /** The rows above the one that is added can be written: all their neighbors are there. */
    private void add(int row, boolean kept) {
        for (int i = 0; i < planes.size(); i++) {
            planes.get(i).add(added, kept ? row * frame.components.get(i).down : 0);
        }
        added++;
        if (added > 1) {
            write(added - 2);
        }
        if (added == frame.unitsHigh) {
            write(added - 1);
        }
    }

    private void write(int unitRow) {
        int rows = frame.down * JpegComponent.SIDE;
        for (int y = unitRow * rows; y < Math.min(frame.height, (unitRow + 1) * rows); y++) {
            for (int i = 0; i < planes.size(); i++) {
                planes.get(i).write(y, frame.width, pixels, i, planes.size());
            }
            writer.write(y, pixels);
        }
    }
}
