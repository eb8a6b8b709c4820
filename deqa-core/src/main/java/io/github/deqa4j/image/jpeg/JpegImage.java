package io.github.deqa4j.image.jpeg;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.codec.EncodedFile;
import java.io.ByteArrayOutputStream;

/**
 * Decodes a JPEG file scan by scan until every coefficient is complete. Later bytes are not read, so a missing end
 * marker or a trailer does no harm. A file with one scan needs memory for a few rows only.
 */
public final class JpegImage {
    private static final int START_OF_FRAME = 0xC0;
    private static final int PROGRESSIVE_FRAME = 0xC2;
    private static final int HUFFMAN_TABLES = 0xC4;
    private static final int QUANTIZATION_TABLES = 0xDB;
    private static final int RESTART_INTERVAL = 0xDD;
    private static final int START_OF_SCAN = 0xDA;
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;

    /** For coefficients and pixels: 157 megapixels with chroma of half the width and height, 104 with full chroma. */
    private static final long MOST_BYTES = 900L << 20;

    /**
     * The limit on decoding time: some seconds, a hundred times what a progressive image of the greatest size takes.
     */
    private static final long MOST_STEPS = 1L << 30;

    private final EncodedFile file;
    private final JpegFrame frame;
    private final JpegTables tables;
    private boolean framed;
    private long steps;

    /**
     * Prepares to decode a file once.
     *
     * @param segments what was parsed from the file
     */
    public JpegImage(EncodedFile file, JpegSegments segments) {
        this.file = file;
        this.frame = segments.frame();
        this.tables = new JpegTables(file);
    }

    /** The samples as they are coded, without a conversion of colors, [height × width × components]. */
    public byte[] samples() {
        ByteArrayOutputStream samples = new ByteArrayOutputStream();
        read(coded -> (y, pixels) -> samples.writeBytes(pixels));
        return samples.toByteArray();
    }

    /** Decodes the file and hands its rows to a writer. */
    void read(JpegRows.Factory writer) {
        int offset = 2;
        while (true) {
            offset = JpegSegments.nextMarker(file, offset);
            int marker = file.u8(offset - 1L);
            if (marker == END_OF_IMAGE || (marker == START_OF_IMAGE && framed)) {
                throw incomplete(offset - 2);
            }
            if (JpegSegments.standsAlone(marker)) {
                continue;
            }
            int end = JpegSegments.segmentEnd(file, offset);
            if (marker == START_OF_SCAN) {
                JpegScan scan = new JpegScan(file, frame, tables, offset + 2, end);
                end = scan.isWhole() ? readWhole(scan, writer) : readPart(scan);
                if (frame.components.stream().allMatch(JpegComponent::isComplete)) {
                    if (!scan.isWhole()) {
                        writeKept(writer);
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
            case QUANTIZATION_TABLES -> tables.readSteps(start, end);
            case RESTART_INTERVAL -> tables.readRestartInterval(start);
            default -> {
                if (marker >= START_OF_FRAME && marker <= PROGRESSIVE_FRAME) {
                    if (framed) {
                        throw JpegSegments.secondFrame(file, start);
                    }
                    framed = true;
                    requirePlausible();
                }
            }
        }
    }

    /**
     * Every block takes at least one bit, so a small file cannot make the decoder allocate memory for a large image.
     */
    private void requirePlausible() {
        if (frame.blocks() / Byte.SIZE > file.length()) {
            throw file.damaged("the image is incomplete: a JPEG image of " + frame.width + "×" + frame.height
                    + " pixels does not fit into " + file.length() + " bytes; get a complete copy");
        }
    }

    private int readWhole(JpegScan scan, JpegRows.Factory writer) {
        for (JpegComponent c : frame.components) {
            c.coefficients = new short[c.stride * c.down * JpegComponent.SIZE];
        }
        JpegRows rows = new JpegRows(frame, writer);
        return scan.read(false, rows::addAndForget);
    }

    private int readPart(JpegScan scan) {
        steps += scan.steps();
        if (steps > MOST_STEPS) {
            throw file.unsupported("the JPEG image has too many scans for its " + frame.width + "×" + frame.height
                    + " pixels; save it anew");
        }
        keepCoefficients();
        return scan.read(true, () -> {});
    }

    private void keepCoefficients() {
        long all = frame.components.stream()
                .mapToLong(c -> (long) c.stride * frame.unitsHigh * c.down * JpegComponent.SIZE)
                .sum();
        long pixels = (long) frame.width * frame.height;
        long bytes = all * Short.BYTES + pixels * RgbImage.CHANNELS;
        if (bytes > MOST_BYTES) {
            throw file.tooLarge("the JPEG image of " + frame.width + "×" + frame.height
                    + " pixels is progressive and too large for it; save it as baseline JPEG or scale it down");
        }
        file.checkMemory(bytes);
        for (JpegComponent c : frame.components) {
            if (c.coefficients.length == 0) {
                c.coefficients = new short[c.stride * frame.unitsHigh * c.down * JpegComponent.SIZE];
            }
        }
    }

    private void writeKept(JpegRows.Factory writer) {
        JpegRows rows = new JpegRows(frame, writer);
        for (int row = 0; row < frame.unitsHigh; row++) {
            rows.add(row);
        }
    }

    private UnreadableImageException incomplete(int offset) {
        return file.damaged("the image is incomplete: the JPEG file ends at byte " + offset
                + ", before all of its scans are there; get a complete copy");
    }
}
