package io.github.deqa4j.image.webp;

import io.github.deqa4j.image.codec.EncodedFile;
import java.io.IOException;

/** The header of a VP8 key frame (RFC 6386, section 9). */
final class Vp8Header {
    private static final int FRAME_TAG_BYTES = 3;
    private static final int KEY_FRAME_BYTES = 10;
    private static final int START_CODE = 0x9D012A;
    private static final int SIDE_MASK = 0x3FFF;
    private static final int SEGMENTS = 4;
    private static final int CERTAIN = 255;

    private final int width;
    private final int height;
    private final Vp8BoolDecoder modes;
    private final Vp8BoolDecoder[] tokens;

    private boolean segmented;
    private boolean segmentMap;
    private boolean absoluteSegments;
    private final int[] segmentQuantizers = new int[SEGMENTS];
    private final int[] segmentFilters = new int[SEGMENTS];
    private final int[] segmentProbabilities = {CERTAIN, CERTAIN, CERTAIN};

    private boolean simpleFilter;
    private int filterLevel;
    private int sharpness;
    private boolean filterDeltas;
    private final int[] referenceDeltas = new int[SEGMENTS];
    private final int[] modeDeltas = new int[SEGMENTS];

    private int quantizer;
    private final int[] quantizerDeltas = new int[5]; // Y1 DC, Y2 DC, Y2 AC, UV DC, UV AC
    private final int[] tokenProbabilities = new int[Vp8Tables.TOKEN_PROBABILITIES];
    private int skipProbability = -1;

    /**
     * Reads the header of the frame in some bytes of the file.
     *
     * @throws IOException if it is not a key frame or ends too early
     */
    Vp8Header(EncodedFile file, int start, int end) throws IOException {
        if (end - start < KEY_FRAME_BYTES || file.u32(start + 2L) % (1 << 24) != START_CODE) {
            throw new IOException("the lossy frame has no start code");
        }
        int tag = file.u16Little(start) | (file.u8(start + 2L) << 16);
        this.width = file.u16Little(start + 6L) & SIDE_MASK;
        this.height = file.u16Little(start + 8L) & SIDE_MASK;
        file.checkSize(width, height);
        int modesAt = start + KEY_FRAME_BYTES;
        int tokensAt = modesAt + (tag >> 5);
        if ((tag & 1) != 0 || tokensAt > end) {
            throw new IOException("the lossy frame is not a key frame or ends too early");
        }
        this.modes = new Vp8BoolDecoder(file.bytes(), modesAt, tokensAt);
        modes.literal(2); // color space and clamping, which have no effect
        readSegments();
        readFilter();
        this.tokens = partitions(file, 1 << modes.literal(2), tokensAt, end);
        readQuantizers();
        modes.flag(); // whether the probabilities are kept for the next frame, of which there is none
        readProbabilities();
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Source of the macroblocks' modes. */
    Vp8BoolDecoder modes() {
        return modes;
    }

    /** Source of the coefficients of a row of macroblocks. */
    Vp8BoolDecoder tokens(int row) {
        return tokens[row % tokens.length];
    }

    boolean hasSegmentMap() {
        return segmentMap;
    }

    int segmentProbability(int node) {
        return segmentProbabilities[node];
    }

    /** Probability that a macroblock has coefficients; negative if all say so by themselves. */
    int skipProbability() {
        return skipProbability;
    }

    /** Probabilities of tokens, [4 × 8 × 3 × 11]. */
    int[] tokenProbabilities() {
        return tokenProbabilities;
    }

    /** Quantizer steps of a segment: DC and AC of Y1, Y2, UV. */
    int[] quantizerSteps(int segment) {
        int q = !segmented ? quantizer : segmentQuantizers[segment] + (absoluteSegments ? 0 : quantizer);
        return new int[] {
            Vp8Tables.dcStep(q + quantizerDeltas[0]),
            Vp8Tables.acStep(q),
            Vp8Tables.dcStep(q + quantizerDeltas[1]) * 2,
            Math.max(8, Vp8Tables.acStep(q + quantizerDeltas[2]) * 155 / 100),
            Math.min(132, Vp8Tables.dcStep(q + quantizerDeltas[3])),
            Vp8Tables.acStep(q + quantizerDeltas[4])
        };
    }

    boolean simpleFilter() {
        return simpleFilter;
    }

    int sharpness() {
        return sharpness;
    }

    /** How strongly edges of a macroblock are smoothed, 0 (not at all) to 63. */
    int filterLevel(int segment, boolean subblocks) {
        if (filterLevel == 0) {
            return 0;
        }
        int level = !segmented ? filterLevel : segmentFilters[segment] + (absoluteSegments ? 0 : filterLevel);
        if (filterDeltas) {
            level += referenceDeltas[0] + (subblocks ? modeDeltas[0] : 0);
        }
        return Math.max(0, Math.min(63, level));
    }

    private void readSegments() throws IOException {
        segmented = modes.flag();
        if (!segmented) {
            return;
        }
        segmentMap = modes.flag();
        if (modes.flag()) {
            absoluteSegments = modes.flag();
            for (int i = 0; i < SEGMENTS; i++) {
                segmentQuantizers[i] = modes.optional(7);
            }
            for (int i = 0; i < SEGMENTS; i++) {
                segmentFilters[i] = modes.optional(6);
            }
        }
        for (int i = 0; segmentMap && i < segmentProbabilities.length; i++) {
            segmentProbabilities[i] = modes.flag() ? modes.literal(8) : CERTAIN;
        }
    }

    private void readFilter() throws IOException {
        simpleFilter = modes.flag();
        filterLevel = modes.literal(6);
        sharpness = modes.literal(3);
        filterDeltas = modes.flag();
        if (filterDeltas && modes.flag()) {
            for (int i = 0; i < SEGMENTS; i++) {
                referenceDeltas[i] = modes.optional(6);
            }
            for (int i = 0; i < SEGMENTS; i++) {
                modeDeltas[i] = modes.optional(6);
            }
        }
    }

    private void readQuantizers() throws IOException {
        quantizer = modes.literal(7);
        for (int i = 0; i < quantizerDeltas.length; i++) {
            quantizerDeltas[i] = modes.optional(4);
        }
    }

    private void readProbabilities() throws IOException {
        for (int i = 0; i < tokenProbabilities.length; i++) {
            boolean updated = modes.flag(Vp8Tables.tokenUpdate(i));
            tokenProbabilities[i] = updated ? modes.literal(8) : Vp8Tables.tokenDefault(i);
        }
        if (modes.flag()) {
            skipProbability = modes.literal(8);
        }
    }

    /** The last partition has no length of its own and goes to the end. */
    private static Vp8BoolDecoder[] partitions(EncodedFile file, int count, int start, int end) throws IOException {
        Vp8BoolDecoder[] partitions = new Vp8BoolDecoder[count];
        long at = start + (long) FRAME_TAG_BYTES * (count - 1);
        for (int i = 0; i < count; i++) {
            long sizeAt = start + (long) FRAME_TAG_BYTES * i;
            long size = i == count - 1 ? end - at : file.u16Little(sizeAt) | (file.u8(sizeAt + 2) << 16);
            if (size < 0 || at + size > end) {
                throw new IOException("partition " + i + " of the lossy frame goes beyond its end");
            }
            partitions[i] = new Vp8BoolDecoder(file.bytes(), (int) at, (int) (at + size));
            at += size;
        }
        return partitions;
    }
}
