package io.github.deqa4j.image.tiff;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.RowConversion;
import io.github.deqa4j.image.codec.TiffDirectory;
import io.github.deqa4j.image.tiff.TiffHeader.SampleKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the strips or tiles of a TIFF image row by row. Memory for a row is allocated only when its bytes are there.
 */
final class TiffPieces {
    /** The greatest expansion that compressed samples can have; the slack is for metadata. */
    private static final long EXPANSION = 16;

    private static final long SLACK = 1 << 16;

    private final EncodedFile file;
    private final TiffHeader header;
    private final RowConversion colors;
    private final RgbCanvas canvas;
    private final int planes;
    private final int samples;
    private final boolean differences;
    private final boolean sorted;
    private final boolean littleEndian;
    private final byte[] packed;
    private final int[] plane;

    TiffPieces(EncodedFile file, TiffHeader header, RowConversion colors, RgbCanvas canvas) throws IOException {
        this.file = file;
        this.header = header;
        this.colors = colors;
        this.canvas = canvas;
        planes = header.isSeparate() ? header.samples() : 1;
        samples = header.samples() / planes;
        differences = TiffPredictor.isHorizontal(header);
        sorted = TiffPredictor.isFloatingPoint(header);
        littleEndian = header.tags().order() == ByteOrder.LITTLE_ENDIAN && !sorted;
        packed = new byte[rowBytes()];
        plane = new int[Math.multiplyExact(header.pieceWidth(), samples)];
    }

    /** Reads all of them. */
    void read() throws IOException {
        int across = ceilDiv(header.width(), header.pieceWidth());
        int down = ceilDiv(header.height(), header.pieceHeight());
        for (int row = 0; row < down; row++) {
            for (int column = 0; column < across; column++) {
                readPiece(
                        row * across + column,
                        Math.multiplyExact(across, down),
                        column * header.pieceWidth(),
                        row * header.pieceHeight());
            }
        }
    }

    /**
     * Reads one.
     *
     * @param index its number within a plane
     * @param ofPlane how many a plane has
     */
    private void readPiece(int index, int ofPlane, int x, int y) throws IOException {
        int width = Math.min(header.pieceWidth(), header.width() - x);
        int height = Math.min(header.pieceHeight(), header.height() - y);
        List<InputStream> streams = new ArrayList<>();
        try {
            for (int p = 0; p < planes; p++) {
                streams.add(open(index + p * ofPlane, height));
            }
            int[] pixels = new int[Math.multiplyExact(width, header.samples())];
            byte[] rgb = new byte[Math.multiplyExact(width, RgbImage.CHANNELS)];
            for (int i = 0; i < height; i++) {
                readRow(streams, pixels);
                colors.convert(pixels, rgb, 0);
                canvas.put(x, y + i, rgb, width);
            }
        } catch (EOFException e) {
            throw file.fault(
                    Reason.DAMAGED,
                    "the file is damaged or cut short: the TIFF " + (header.isTiled() ? "tile" : "strip") + " at byte "
                            + header.offset(index) + " has less than its " + header.pieceWidth() + "×" + height
                            + " pixels; get a complete copy",
                    e);
        } finally {
            for (InputStream stream : streams) {
                stream.close();
            }
        }
    }

    private InputStream open(int piece, int height) throws IOException {
        long start = header.offset(piece);
        if (start < 0 || start >= file.length()) {
            throw new EOFException();
        }
        int length = (int) Math.min(file.length() - start, storedBytes(piece, height));
        ByteBuffer raw = ByteBuffer.wrap(file.bytes(), (int) start, length).slice();
        boolean reversed = header.isBitReversed() && header.compression() != TiffCompression.JPEG; // as in libtiff
        InputStream rows = TiffCompression.open(header, reversed ? reversed(raw) : raw, height);
        return isSubsampled() ? upsampled(rows) : rows;
    }

    /** The declared length, or, where it is missing or not reliable, the most that such a piece can need. */
    private long storedBytes(int piece, int height) throws IOException {
        long most = SLACK + EXPANSION * height * packed.length;
        long claimed = header.bytes(piece);
        boolean believed = claimed > 0 && header.compression() != TiffCompression.NONE; // as in Pillow
        return believed ? Math.min(claimed, most) : most;
    }

    private static ByteBuffer reversed(ByteBuffer raw) {
        byte[] bytes = new byte[raw.limit()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (Integer.reverse(raw.get(i)) >>> 24);
        }
        return ByteBuffer.wrap(bytes);
    }

    private boolean isSubsampled() throws IOException {
        return header.photometric() == TiffHeader.YCBCR
                && header.samples() == RgbImage.CHANNELS
                && planes == 1
                && header.compression() != TiffCompression.JPEG;
    }

    private InputStream upsampled(InputStream blocks) throws IOException {
        TiffDirectory tags = header.tags();
        boolean named = tags.has(TiffHeader.YCBCR_SUBSAMPLING);
        long columns = named ? tags.value(TiffHeader.YCBCR_SUBSAMPLING, 0) : 2;
        long rows = named ? tags.value(TiffHeader.YCBCR_SUBSAMPLING, 1) : 2;
        if (!isPowerUpToFour(columns) || !isPowerUpToFour(rows) || differences) {
            throw file.unsupported("the TIFF file has Y, Cb, Cr in blocks of " + columns + "×" + rows
                    + (differences ? " with a predictor" : "") + ", which cannot be read; save the image in RGB");
        }
        return new YCbCrUpsampling(blocks, header.pieceWidth(), (int) columns, (int) rows);
    }

    private static boolean isPowerUpToFour(long number) {
        return number == 1 || number == 2 || number == 4;
    }

    /** Reads a row of every plane. Columns beyond the image are dropped. */
    private void readRow(List<InputStream> streams, int[] pixels) throws IOException {
        for (int p = 0; p < planes; p++) {
            if (streams.get(p).readNBytes(packed, 0, packed.length) < packed.length) {
                throw new EOFException();
            }
            unpack(sorted ? TiffPredictor.sorted(packed, samples, header.bits() / Byte.SIZE) : packed);
            if (differences) {
                TiffPredictor.addUp(plane, samples, header.bits());
            }
            for (int i = 0, to = p; to < pixels.length; i++, to += planes) {
                pixels[to] = meaning(plane[i]);
            }
        }
    }

    private void unpack(byte[] row) {
        switch (header.bits()) {
            case 8 -> {
                for (int i = 0; i < plane.length; i++) {
                    plane[i] = row[i] & 0xFF;
                }
            }
            case 16, 32 -> unpackWords(row, header.bits() / Byte.SIZE);
            default -> unpackBits(row, header.bits());
        }
    }

    private void unpackWords(byte[] row, int bytes) {
        for (int i = 0; i < plane.length; i++) {
            int word = 0;
            for (int b = 0; b < bytes; b++) {
                word = word << Byte.SIZE | (row[i * bytes + (littleEndian ? bytes - 1 - b : b)] & 0xFF);
            }
            plane[i] = word;
        }
    }

    private void unpackBits(byte[] row, int bits) {
        long bit = 0;
        for (int i = 0; i < plane.length; i++) {
            int sample = 0;
            for (int b = 0; b < bits; b++, bit++) {
                sample = sample << 1 | (row[(int) (bit >> 3)] >> (7 - (bit & 7)) & 1);
            }
            plane[i] = sample;
        }
    }

    /** The number that the bits of a sample stand for; Pillow takes signed bytes for unsigned ones. */
    private int meaning(int sample) {
        if (header.kind() == SampleKind.FLOAT) {
            return (int) Float.intBitsToFloat(sample);
        }
        return header.kind() == SampleKind.SIGNED && header.bits() == Short.SIZE ? (short) sample : sample;
    }

    private int rowBytes() {
        long bits = (long) header.pieceWidth() * samples * header.bits();
        return Math.toIntExact((bits + Byte.SIZE - 1) / Byte.SIZE);
    }

    private static int ceilDiv(int a, int b) {
        return (int) (((long) a + b - 1) / b);
    }
}
