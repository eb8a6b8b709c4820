package io.github.deqa4j.image.tiff;

import java.io.IOException;

/** Undoes predictors: some compressions store differences between neighboring pixels. */
final class TiffPredictor {
    static final int NONE = 1;

    private static final int HORIZONTAL = 2;
    private static final int FLOATING_POINT = 3;

    private TiffPredictor() {}

    /** Whether the samples of a row are differences. */
    static boolean isHorizontal(TiffHeader header) throws IOException {
        return applies(header) && header.predictor() == HORIZONTAL;
    }

    /** Whether the bytes of a row are sorted by their significance, and differences. */
    static boolean isFloatingPoint(TiffHeader header) throws IOException {
        return applies(header) && header.predictor() == FLOATING_POINT;
    }

    /**
     * Sums up samples.
     *
     * @param stride samples from one pixel to the next
     */
    static void addUp(int[] row, int stride, int bits) {
        int mask = (int) ((1L << bits) - 1);
        for (int i = stride; i < row.length; i++) {
            row[i] = (row[i] + row[i - stride]) & mask;
        }
    }

    /**
     * Sums up bytes and reorders those of a sample, the most significant first (Adobe Photoshop TIFF Technical Note 3).
     */
    static byte[] sorted(byte[] row, int stride, int bytesPerSample) {
        for (int i = stride; i < row.length; i++) {
            row[i] += row[i - stride];
        }
        int samples = row.length / bytesPerSample;
        byte[] sorted = new byte[row.length];
        for (int i = 0; i < row.length; i++) {
            sorted[i % samples * bytesPerSample + i / samples] = row[i];
        }
        return sorted;
    }

    /** Other compressions have no predictor, even if the file declares one. */
    private static boolean applies(TiffHeader header) throws IOException {
        if (!TiffCompression.hasPredictor(header.compression()) || header.predictor() == NONE) {
            return false;
        }
        boolean known = header.predictor() == HORIZONTAL
                ? header.bits() % Byte.SIZE == 0
                : header.predictor() == FLOATING_POINT && header.kind() == TiffHeader.SampleKind.FLOAT;
        if (!known) {
            throw header.file()
                    .unsupported("the TIFF file has predictor " + header.predictor() + " for samples of "
                            + header.bits() + " bits, which cannot be read; save the image without a predictor");
        }
        return true;
    }
}
