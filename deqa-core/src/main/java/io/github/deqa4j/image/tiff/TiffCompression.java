package io.github.deqa4j.image.tiff;

import com.twelvemonkeys.io.enc.DecoderStream;
import com.twelvemonkeys.io.enc.PackBitsDecoder;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.InflaterInputStream;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.XZInputStream;

/** The compressions of TIFF files: the supported ones, and the names of the others. */
final class TiffCompression {
    static final int NONE = 1;
    static final int OLD_JPEG = 6;
    static final int JPEG = 7;

    private static final int CCITT_RLE = 2;
    private static final int CCITT_T4 = 3;
    private static final int CCITT_T6 = 4;
    private static final int LZW = 5;
    private static final int ADOBE_DEFLATE = 8;
    private static final int PACK_BITS = 32773;
    private static final int DEFLATE = 32946;
    private static final int LZMA = 34925;
    private static final int ZSTANDARD = 50000;

    /** What the largest of xz's own settings needs. */
    private static final int LZMA_KIBIBYTES = 70_000;

    private TiffCompression() {}

    /**
     * Opens the data of a strip or tile.
     *
     * @param raw the data as they are stored
     * @param rows how many rows they hold
     * @return rows of samples, each of which begins with a new byte
     */
    static InputStream open(TiffHeader header, ByteBuffer raw, int rows) throws IOException {
        int compression = header.compression();
        InputStream in = new ByteArrayInputStream(raw.array(), raw.arrayOffset(), raw.limit());
        return switch (compression) {
            case NONE -> in;
            case CCITT_RLE, CCITT_T4, CCITT_T6 -> FaxPiece.open(header, raw, rows);
            case LZW -> new LzwInputStream(raw);
            case JPEG -> JpegPiece.open(header, raw, rows);
            case ADOBE_DEFLATE, DEFLATE -> new InflaterInputStream(in);
            case PACK_BITS -> new DecoderStream(in, new PackBitsDecoder());
            case LZMA -> new XZInputStream(in, LZMA_KIBIBYTES, true, BasicArrayCache.getInstance());
            case ZSTANDARD -> new ZstdInputStream(in);
            default -> throw new IOException("no reader for compression " + compression);
        };
    }

    /** Whether a compression supports predictors. */
    static boolean hasPredictor(int compression) {
        return switch (compression) {
            case LZW, ADOBE_DEFLATE, DEFLATE, LZMA, ZSTANDARD -> true;
            default -> false;
        };
    }

    /** The greatest number of bytes that a byte of a compression can stand for. */
    static long expansion(int compression) {
        return switch (compression) {
            case NONE -> 1;
            case PACK_BITS -> 64; // two bytes for 128
            case LZW -> 2600; // 12 bits for a string of 3,838
            case ADOBE_DEFLATE, DEFLATE -> 1032; // two bits for 258
            default -> Integer.MAX_VALUE;
        };
    }

    static boolean isKnown(int compression) {
        return switch (compression) {
            case NONE, CCITT_RLE, CCITT_T4, CCITT_T6, OLD_JPEG, JPEG, PACK_BITS -> true;
            default -> hasPredictor(compression);
        };
    }

    /** The name of an unsupported compression. */
    static String name(int compression) {
        return switch (compression) {
            case 9, 10, 34661 -> "JBIG";
            case 32766 -> "NeXT RLE";
            case 32771 -> "CCITT RLE with words";
            case 32809 -> "ThunderScan";
            case 32909 -> "PixarLog";
            case 33003, 33005, 34712 -> "JPEG 2000";
            case 34676, 34677 -> "SGILog";
            case 34887 -> "LERC";
            case 34892 -> "lossy JPEG of DNG";
            case 50001 -> "WebP";
            case 50002, 52546 -> "JPEG XL";
            default -> "a method that has the number " + compression;
        };
    }
}
