package io.github.deqa4j.image.jpeg;

import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.EncodedFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One scan of a JPEG file (ITU T.81, B.2.3): which coefficients of which components follow, and how they are read. */
final class JpegScan {
    private static final int RESTART = 0xD0;
    private static final int RESTARTS = 8;
    private static final int LAST = JpegComponent.SIZE - 1;
    private static final int MOST_LOW_BITS = 13;

    private final EncodedFile file;
    private final JpegFrame frame;
    private final List<JpegComponent> components = new ArrayList<>();
    private final List<JpegBlocks> blocks = new ArrayList<>();
    private final int restartInterval;
    private final JpegBits bits;
    private int restarts;

    private int from; // first and last coefficient in zigzag order
    private int to = LAST;
    private int high; // low bits that were missing before, 0 for the first scan of a coefficient
    private int low; // low bits that will still be missing

    /**
     * Reads a scan header.
     *
     * @param start its first byte after the length
     * @param end where the scan's bits begin
     */
    JpegScan(EncodedFile file, JpegFrame frame, JpegTables tables, int start, int end) {
        this.file = file;
        this.frame = frame;
        this.restartInterval = tables.restartInterval();
        this.bits = new JpegBits(file, end);
        int count = file.u8(start);
        if (count < 1 || count > frame.components.size() || start + 1 + 2 * count + 3 > end) {
            throw damaged("has " + count + " components in " + (end - start) + " bytes");
        }
        for (int i = 0; i < count; i++) {
            components.add(component(file.u8(start + 1 + 2L * i)));
        }
        if (frame.progressive) {
            readBand(start + 1 + 2 * count);
        }
        for (int i = 0; i < count; i++) {
            begin(components.get(i), tables, file.u8(start + 2 + 2L * i));
        }
    }

    /** Whether every coefficient of the frame is in this one scan. */
    boolean isWhole() {
        return !frame.progressive && components.size() == frame.components.size();
    }

    /** How many steps the scan takes, at most: corrections look at each coefficient. */
    long steps() {
        return components.stream()
                .mapToLong(c -> (long) c.stride * c.blocksHigh * (high > 0 ? to - from + 1 : 1))
                .sum();
    }

    /**
     * Reads the scan.
     *
     * @param rowsKept whether the components have room for all rows of units; otherwise they have room for one
     * @param afterRow what to do after each row of units
     * @return the offset behind the scan's bits, or within bytes that follow and that the scan did not need
     */
    int read(boolean rowsKept, Runnable afterRow) {
        boolean alone = components.size() == 1;
        JpegComponent first = components.get(0);
        int rows = alone ? first.blocksHigh : frame.unitsHigh;
        int columns = alone ? first.blocksWide : frame.unitsWide;
        int done = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (restartInterval > 0 && done == restartInterval) {
                    restart();
                    done = 0;
                }
                int kept = rowsKept ? row : 0;
                if (alone) {
                    blocks.get(0).read(first, (kept * first.stride + column) * JpegComponent.SIZE);
                } else {
                    unit(kept, column);
                }
                done++;
            }
            afterRow.run();
        }
        requireNotZeroed();
        return bits.end();
    }

    /**
     * A file that was not saved to its end may be filled with zeros, which can look like data. A zero after 0xFF is
     * none.
     */
    private void requireNotZeroed() {
        int end = bits.position();
        if (file.u8(end - 1L) == 0 && file.u8(end - 2L) != 0xFF && !JpegSegments.hasMarker(file, end)) {
            throw file.damaged("the image is incomplete: its JPEG data go over into zeros before byte " + end
                    + ", and no marker follows; get a complete copy");
        }
    }

    private void unit(int row, int column) {
        for (int i = 0; i < components.size(); i++) {
            JpegComponent c = components.get(i);
            for (int y = row * c.down; y < (row + 1) * c.down; y++) {
                for (int x = column * c.across; x < (column + 1) * c.across; x++) {
                    blocks.get(i).read(c, (y * c.stride + x) * JpegComponent.SIZE);
                }
            }
        }
    }

    private JpegComponent component(int id) {
        return frame.components.stream()
                .filter(c -> c.id == id && !components.contains(c))
                .findFirst()
                .orElseThrow(() -> damaged("names the component " + id + ", which the frame does not have"));
    }

    private void readBand(int offset) {
        from = file.u8(offset);
        to = file.u8(offset + 1L);
        high = file.u8(offset + 2L) >> 4;
        low = file.u8(offset + 2L) & 0xF;
        boolean validBand = from == 0 ? to == 0 : to >= from && to <= LAST && components.size() == 1;
        if (!validBand || low > MOST_LOW_BITS || (high > 0 && low != high - 1)) {
            throw damaged("has coefficients " + from + " to " + to + " and low bits " + high + ", " + low);
        }
    }

    /** Each coefficient comes once, and its low bits one after another, so the number of scans is bounded. */
    private void begin(JpegComponent c, JpegTables tables, int selectors) {
        int expected = high == 0 ? JpegComponent.UNSEEN : high;
        for (int k = from; k <= to; k++) {
            if (c.missingBits[k] != expected) {
                throw damaged("has coefficient " + k + " of component " + c.id + " again or without what comes before");
            }
        }
        Arrays.fill(c.missingBits, from, to + 1, low);
        if (c.steps.length == 0) {
            c.steps = tables.steps(c.quantizer);
        }
        c.predictor = 0;
        JpegHuffman dc = from == 0 && high == 0 ? tables.dc(selectors >> 4) : JpegHuffman.STANDARD.get(0);
        JpegHuffman ac = to > 0 ? tables.ac(selectors & 0xF) : JpegHuffman.STANDARD.get(0);
        blocks.add(
                frame.progressive
                        ? JpegBlocks.progressive(bits, dc, ac, from, to, high > 0, low)
                        : JpegBlocks.sequential(bits, dc, ac));
    }

    /**
     * Continues after the next restart marker. A number that is off by one or two means that data are lost; any other
     * number is ignored, as in libjpeg.
     */
    private void restart() {
        int offset = JpegSegments.nextMarker(file, bits.end());
        int marker = file.u8(offset - 1L);
        int off = marker - RESTART - restarts % RESTARTS;
        boolean isRestart = marker >= RESTART && marker < RESTART + RESTARTS;
        if (!isRestart || (off != 0 && Math.abs(Math.floorMod(off + 4, RESTARTS) - 4) <= 2)) {
            throw file.damaged("the image is incomplete: restart marker " + restarts % RESTARTS + " is due at byte "
                    + (offset - 2) + " of the JPEG data, which have " + Integer.toHexString(marker)
                    + " there; get a complete copy");
        }
        restarts++;
        bits.restart(offset);
        for (JpegComponent c : components) {
            c.predictor = 0;
        }
        blocks.forEach(JpegBlocks::restart);
    }

    private UnreadableImageException damaged(String problem) {
        return file.damaged("the JPEG scan header " + problem + "; the file is damaged");
    }
}
