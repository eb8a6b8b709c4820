package io.github.deqa4j.image.tiff;

import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.TiffDirectory;
import java.io.IOException;

/** The layout of a TIFF image: the tags about its samples and their places (TIFF 6.0), checked. */
final class TiffHeader {
    static final int COLOR_MAP = 320;
    static final int YCBCR_COEFFICIENTS = 529;
    static final int YCBCR_SUBSAMPLING = 530;
    static final int REFERENCE_BLACK_WHITE = 532;

    static final int WHITE_IS_ZERO = 0;
    static final int BLACK_IS_ZERO = 1;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int CMYK = 5;
    static final int YCBCR = 6;
    static final int CIE_LAB = 8;

    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS_PER_SAMPLE = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int FILL_ORDER = 266;
    private static final int STRIP_OFFSETS = 273;
    private static final int SAMPLES_PER_PIXEL = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_BYTE_COUNTS = 279;
    private static final int PLANAR_CONFIGURATION = 284;
    private static final int PREDICTOR = 317;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTE_COUNTS = 325;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SAMPLE_FORMAT = 339;

    private static final int MAX_SAMPLES = 16;
    private static final int ASSOCIATED_ALPHA = 1;

    /** How the bits of a sample are interpreted. */
    enum SampleKind {
        UNSIGNED,
        SIGNED,
        FLOAT
    }

    private final EncodedFile file;
    private final TiffDirectory tags;
    private final int width;
    private final int height;
    private final int samples;
    private final int bits;
    private final SampleKind kind;
    private final int photometric;
    private final int pieceWidth;
    private final int pieceHeight;

    TiffHeader(EncodedFile file, TiffDirectory tags) throws IOException {
        this.file = file;
        this.tags = tags;
        long columns = tags.valueOr(WIDTH, 0);
        long rows = tags.valueOr(HEIGHT, 0);
        file.checkSize(columns, rows);
        width = (int) columns;
        height = (int) rows;
        photometric = (int) tags.valueOr(PHOTOMETRIC, WHITE_IS_ZERO);
        samples = readSamples();
        bits = readBits();
        kind = readKind();
        pieceWidth = isTiled() ? readSide(TILE_WIDTH) : width;
        pieceHeight = isTiled() ? readSide(TILE_HEIGHT) : (int) Math.min(height, readRowsPerStrip());
        file.checkSize(pieceWidth, pieceHeight);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Samples of a pixel, including those that Pillow ignores. */
    int samples() {
        return samples;
    }

    /** Bits of each sample, 1 to 16 or 32. */
    int bits() {
        return bits;
    }

    SampleKind kind() {
        return kind;
    }

    int photometric() {
        return photometric;
    }

    EncodedFile file() {
        return file;
    }

    TiffDirectory tags() {
        return tags;
    }

    int compression() throws IOException {
        return (int) tags.valueOr(COMPRESSION, TiffCompression.NONE);
    }

    /** Whether each byte begins with its lowest bit. */
    boolean isBitReversed() throws IOException {
        return tags.valueOr(FILL_ORDER, 1) == 2;
    }

    int predictor() throws IOException {
        return (int) tags.valueOr(PREDICTOR, TiffPredictor.NONE);
    }

    /** Pixels in a row of a strip or tile; tiles may go beyond the image. */
    int pieceWidth() {
        return pieceWidth;
    }

    /** Rows of a strip or tile; the last strip may have fewer. */
    int pieceHeight() {
        return pieceHeight;
    }

    boolean isTiled() {
        return tags.has(TILE_OFFSETS) && !tags.has(STRIP_OFFSETS);
    }

    /** Whether each sample of a pixel stands in strips or tiles of its own. */
    boolean isSeparate() throws IOException {
        return samples > 1 && tags.valueOr(PLANAR_CONFIGURATION, 1) == 2;
    }

    /**
     * Whether the colors were multiplied by the alpha that follows them. libtiff treats a fourth sample without a
     * declared meaning as unspecified. Pillow treats that as premultiplied alpha where libtiff reads separate planes.
     */
    boolean isPremultiplied() throws IOException {
        int colors = photometric == CMYK ? 4 : photometric == RGB || photometric == YCBCR ? 3 : 1;
        boolean taken = isSeparate() && compression() != TiffCompression.NONE;
        return samples > colors && tags.valueOr(EXTRA_SAMPLES, taken ? ASSOCIATED_ALPHA : 0) == ASSOCIATED_ALPHA;
    }

    /** Where the data of a strip or tile begin. */
    long offset(int piece) throws IOException {
        return tags.value(isTiled() ? TILE_OFFSETS : STRIP_OFFSETS, piece);
    }

    /** The declared length of a strip or tile in bytes; 0 where the file does not give it. */
    long bytes(int piece) throws IOException {
        int tag = isTiled() ? TILE_BYTE_COUNTS : STRIP_BYTE_COUNTS;
        return piece < tags.count(tag) ? tags.value(tag, piece) : 0;
    }

    private int readSamples() throws IOException {
        long number = tags.valueOr(SAMPLES_PER_PIXEL, 1);
        if (number < 1 || number > MAX_SAMPLES) {
            throw file.unsupported(
                    "the TIFF file has " + number + " samples to a pixel; it may have 1 to " + MAX_SAMPLES);
        }
        return (int) number;
    }

    private int readBits() throws IOException {
        long first = tags.valueOr(BITS_PER_SAMPLE, 1);
        for (int i = 1; i < Math.min(samples, tags.count(BITS_PER_SAMPLE)); i++) {
            if (tags.value(BITS_PER_SAMPLE, i) != first) {
                throw file.unsupported("the TIFF samples of a pixel have " + first + " and "
                        + tags.value(BITS_PER_SAMPLE, i)
                        + " bits; only equal ones can be read, so save the image with 8 bits");
            }
        }
        if ((first < 1 || first > 16) && first != Integer.SIZE) {
            throw file.unsupported("the TIFF samples have " + first
                    + " bits; only 1 to 16 and 32 can be read, so save the image with 8 bits");
        }
        return (int) first;
    }

    private SampleKind readKind() throws IOException {
        int format = (int) tags.valueOr(SAMPLE_FORMAT, 1);
        boolean gray = photometric == WHITE_IS_ZERO || photometric == BLACK_IS_ZERO;
        if (format == 1 || format == 4 || (format == 2 && photometric == CIE_LAB)) {
            return SampleKind.UNSIGNED;
        }
        if (format == 2 && gray && samples == 1) {
            return SampleKind.SIGNED;
        }
        if (format == 3 && gray && samples == 1 && bits == Float.SIZE) {
            return SampleKind.FLOAT;
        }
        String what = switch (format) {
            case 2 -> "signed samples";
            case 3 -> "samples that are fractions of " + bits + " bits";
            default -> "samples of the format " + format;
        };
        throw file.unsupported("the TIFF file has " + (gray && samples == 1 ? "gray " : "colors of ") + what
                + ", which cannot be read; save the image with 8 bits");
    }

    private int readSide(int tag) throws IOException {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, tags.valueOr(tag, 0)));
    }

    private long readRowsPerStrip() throws IOException {
        long rows = tags.valueOr(ROWS_PER_STRIP, height);
        return rows < 1 ? height : rows;
    }
}
