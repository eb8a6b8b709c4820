package io.github.deqa4j.image.tiff;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.jpeg.JpegImage;
import io.github.deqa4j.image.jpeg.JpegSegments;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A strip or tile that is a JPEG stream. All of them may share their tables (TIFF Technical Note 2). */
final class JpegPiece {
    private static final int TABLES = 347;
    private static final int MARKER_BYTES = 2;
    private static final long MOST_BYTES = 1_000_000_000;
    private static final int LARGEST_BLOCK = 64; // some writers fill the last strip up

    private JpegPiece() {}

    /** Opens the samples as they are stored. The TIFF file determines their color space, not the stream. */
    static InputStream open(TiffHeader header, ByteBuffer raw, int rows) throws IOException {
        requireMemory(header);
        EncodedFile stream = header.file().within(stream(header, raw));
        JpegSegments segments = JpegSegments.parse(stream);
        int bands = header.isSeparate() ? 1 : header.samples();
        boolean fits = segments.height() >= rows && segments.height() <= header.pieceHeight() + LARGEST_BLOCK;
        if (segments.components() != bands || segments.width() != header.pieceWidth() || !fits) {
            throw new IOException("a JPEG stream of " + segments.width() + "×" + segments.height() + " pixels with "
                    + segments.components() + " samples instead of " + header.pieceWidth() + "×" + rows + " with "
                    + bands);
        }
        return new ByteArrayInputStream(new JpegImage(stream, segments).samples());
    }

    /** A decoder holds all samples of a stream and, if it is progressive, two bytes more for each of them. */
    private static void requireMemory(TiffHeader header) {
        long piece = (long) header.pieceWidth() * header.pieceHeight();
        long bytes = RgbImage.CHANNELS * ((long) header.width() * header.height() + piece * 3);
        if (bytes > MOST_BYTES) {
            throw header.file()
                    .tooLarge("the TIFF file has " + header.pieceWidth() + "×" + header.pieceHeight()
                            + " pixels in one JPEG stream, which are too many; save it with smaller strips or tiles");
        }
    }

    private static byte[] stream(TiffHeader header, ByteBuffer raw) {
        ByteBuffer own = raw.duplicate().rewind();
        ByteBuffer tables = header.tags().bytes(TABLES).orElse(ByteBuffer.allocate(0));
        if (tables.limit() < 2 * MARKER_BYTES || own.limit() < MARKER_BYTES) {
            byte[] alone = new byte[own.limit()];
            own.get(alone);
            return alone;
        }
        ByteBuffer start = tables.slice(0, tables.limit() - MARKER_BYTES); // without its end of image
        ByteBuffer rest = own.slice(MARKER_BYTES, own.limit() - MARKER_BYTES); // without its start of image
        return ByteBuffer.allocate(start.limit() + rest.limit())
                .put(start)
                .put(rest)
                .array();
    }
}
