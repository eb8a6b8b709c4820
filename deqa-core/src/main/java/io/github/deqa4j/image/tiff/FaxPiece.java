package io.github.deqa4j.image.tiff;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A strip or tile with fax compression (ITU-T T.4 and T.6). The plug-in of TwelveMonkeys decodes it as a file of its
 * own.
 */
final class FaxPiece {
    private static final int T4_OPTIONS = 292;
    private static final int T6_OPTIONS = 293;
    private static final int HEADER_BYTES = 8;
    private static final int ENTRIES = 11;
    private static final int ENTRY_BYTES = 12;
    private static final int DATA_AT = HEADER_BYTES + 2 + ENTRIES * ENTRY_BYTES + 4;
    private static final short LONG = 4;

    private FaxPiece() {}

    static InputStream open(TiffHeader header, ByteBuffer raw, int rows) throws IOException {
        if (header.bits() != 1 || header.samples() != 1) {
            throw new IOException("fax compression of samples that are more than one bit");
        }
        return new ByteArrayInputStream(decode(file(header, raw, rows)));
    }

    /**
     * Reads from memory, where ImageIO's own streams would write a temporary file. The plug-in is chosen by its class, so that it
     * does not matter what else is installed.
     */
    private static byte[] decode(byte[] file) throws IOException {
        ImageReader reader = new TIFFImageReaderSpi().createReaderInstance();
        try (ImageInputStream input = new ByteArrayImageInputStream(file)) {
            reader.setInput(input, false, true);
            return ((DataBufferByte) reader.read(0).getRaster().getDataBuffer()).getData();
        } finally {
            reader.dispose();
        }
    }

    private static byte[] file(TiffHeader header, ByteBuffer raw, int rows) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(DATA_AT + raw.limit());
        file.put(new byte[] {'M', 'M', 0, 42}).putInt(HEADER_BYTES).putShort((short) ENTRIES);
        entry(file, 256, header.pieceWidth());
        entry(file, 257, rows);
        entry(file, 258, 1);
        entry(file, 259, header.compression());
        entry(file, 262, TiffHeader.BLACK_IS_ZERO);
        entry(file, 273, DATA_AT);
        entry(file, 277, 1);
        entry(file, 278, rows);
        entry(file, 279, raw.limit());
        entry(file, T4_OPTIONS, header.tags().valueOr(T4_OPTIONS, 0));
        entry(file, T6_OPTIONS, header.tags().valueOr(T6_OPTIONS, 0));
        return file.putInt(0).put(raw.duplicate().rewind()).array();
    }

    private static void entry(ByteBuffer file, int tag, long value) {
        file.putShort((short) tag).putShort(LONG).putInt(1).putInt((int) value);
    }
}
