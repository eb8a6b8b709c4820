package io.github.deqa4j.image;

import io.github.deqa4j.DeqaException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The picture in a JPEG file, scan by scan until every coefficient is there; what follows then is not looked at, so that a
 * missing end marker or a trailer does no harm. A file with one scan needs memory for a few rows only.
 */
final class JpegImage {
    private static final int START_OF_FRAME = 0xC0;
    private static final int PROGRESSIVE_FRAME = 0xC2;
    private static final int HUFFMAN_TABLES = 0xC4;
    private static final int QUANTISATION_TABLES = 0xDB;
    private static final int RESTART_INTERVAL = 0xDD;
    private static final int START_OF_SCAN = 0xDA;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;

    /** For coefficients and pixels: 157 megapixels with chroma of half the width and height, 104 with full chroma. */
    private static final long MOST_BYTES = 900L << 20;

    /** Some seconds; a hundred times what a progressive picture of the greatest size takes. */
    private static final long MOST_STEPS = 1L << 30;

    private final EncodedPicture picture;
    private final JpegTables tables;
    private @Nullable JpegFrame frame;
    private long steps;

    JpegImage(EncodedPicture picture) {
        this.picture = picture;
        this.tables = new JpegTables(picture);
    }

    /** Decodes the file and hands its rows to a writer. */
    void read(JpegRows.Factory writer) {
        int offset = 2;
        while (true) {
            offset = JpegSegments.nextMarker(picture, offset);
            int marker = picture.u8(offset - 1L);
            if (marker == END_OF_IMAGE || (marker == START_OF_IMAGE && frame != null)) {
                throw incomplete(offset - 2);
            }
            if (JpegSegments.standsAlone(marker)) {
                continue;
            }
            int end = JpegSegments.segmentEnd(picture, offset);
            if (marker == START_OF_SCAN) {
                JpegFrame scanned = requireFrame();
                JpegScan scan = new JpegScan(picture, scanned, tables, offset + 2, end);
                end = scan.isWhole() ? readWhole(scan, scanned, writer) : readPart(scan, scanned);
                if (isComplete(scanned)) {
                    if (!scan.isWhole()) {
                        writeKept(scanned, writer);
                    }
                    return;
                }
            } else {
                segment(marker, offset + 2, end);
            }
            offset = end;
        }
    }

    private void segment(int marker, int start, int end) {
        switch (marker) {
            case HUFFMAN_TABLES -> tables.readHuffman(start, end);
            case QUANTISATION_TABLES -> tables.readSteps(start, end);
            case RESTART_INTERVAL -> tables.readRestartInterval(start);
            default -> {
                if (marker >= START_OF_FRAME && marker <= PROGRESSIVE_FRAME) {
                    frame = new JpegFrame(picture, marker, start);
                    requirePlausible(frame);
                }
            }
        }
    }

    /** Each block needs a bit; a few bytes cannot ask for memory for a large picture. */
    private void requirePlausible(JpegFrame announced) {
        if (announced.blocks() / Byte.SIZE > picture.length()) {
            throw picture.fault(
                    "the picture is incomplete: a JPEG picture of " + announced.width + "×" + announced.height
                            + " pixels does not fit into " + picture.length() + " bytes; get a complete copy");
        }
    }

    private int readWhole(JpegScan scan, JpegFrame scanned, JpegRows.Factory writer) {
        for (JpegComponent c : scanned.components) {
            c.coefficients = new short[c.stride * c.down * JpegComponent.SIZE];
        }
        JpegRows rows = new JpegRows(scanned, writer);
        return scan.read(false, rows::addAndForget);
    }

    private int readPart(JpegScan scan, JpegFrame scanned) {
        steps += scan.steps();
        if (steps > MOST_STEPS) {
            throw picture.fault("the JPEG picture has too many scans for its " + scanned.width + "×" + scanned.height
                    + " pixels; save it anew");
        }
        keepCoefficients(scanned);
        return scan.read(true, () -> {});
    }

    private void keepCoefficients(JpegFrame scanned) {
        long all = scanned.components.stream()
                .mapToLong(c -> (long) c.stride * scanned.unitsHigh * c.down * JpegComponent.SIZE)
                .sum();
        long pixels = (long) scanned.width * scanned.height;
        if (all * Short.BYTES + pixels * RgbImage.CHANNELS > MOST_BYTES) {
            throw picture.fault("the JPEG picture of " + scanned.width + "×" + scanned.height
                    + " pixels is progressive and too large for it; save it as baseline JPEG or scale it down");
        }
        for (JpegComponent c : scanned.components) {
            if (c.coefficients.length == 0) {
                c.coefficients = new short[c.stride * scanned.unitsHigh * c.down * JpegComponent.SIZE];
            }
        }
    }

    private static void writeKept(JpegFrame scanned, JpegRows.Factory writer) {
        JpegRows rows = new JpegRows(scanned, writer);
        for (int row = 0; row < scanned.unitsHigh; row++) {
            rows.add(row);
        }
    }

    private static boolean isComplete(JpegFrame scanned) {
        List<JpegComponent> components = scanned.components;
        return components.stream().allMatch(JpegComponent::isComplete);
    }

    private JpegFrame requireFrame() {
        if (frame == null) {
            throw picture.fault("the JPEG file has no picture in it");
        }
        return frame;
    }

    private DeqaException incomplete(int offset) {
        return picture.fault("the picture is incomplete: the JPEG file ends at byte " + offset
                + ", before all of its scans are there; get a complete copy");
    }
}
