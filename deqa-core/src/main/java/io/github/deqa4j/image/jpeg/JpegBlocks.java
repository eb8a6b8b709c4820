package io.github.deqa4j.image.jpeg;

/** Reads the coefficients of a block: all of them, or in a progressive file some bits of some of them. */
interface JpegBlocks {
    /** Reads the next block of a component into its coefficients, from an index on. */
    void read(JpegComponent component, int at);

    /** Resets the state that is carried from one block to the next. */
    default void restart() {}

    /** All coefficients of a block (ITU T.81, F.2.2). */
    static JpegBlocks sequential(JpegBits bits, JpegHuffman dc, JpegHuffman ac) {
        return (component, at) -> {
            component.predictor += bits.takeSigned(JpegTables.dcBits(dc, bits));
            short[] coefficients = component.coefficients;
            coefficients[at] = (short) component.predictor;
            for (int k = 1; k < JpegComponent.SIZE; k++) {
                int symbol = ac.next(bits);
                int length = symbol & 0xF;
                int zeros = symbol >> 4;
                if (length == 0 && zeros < 15) {
                    break;
                }
                k += zeros;
                requireInside(bits, k, JpegComponent.SIZE - 1);
                if (length > 0) {
                    coefficients[at + JpegComponent.ZIGZAG[k]] = (short) bits.takeSigned(length);
                }
            }
        };
    }

    /**
     * Bits of coefficients (ITU T.81, G.1.2).
     *
     * @param from first coefficient in zigzag order
     * @param to last coefficient
     * @param refining whether the high bits are known
     * @param low how many low bits come later
     */
    static JpegBlocks progressive(
            JpegBits bits, JpegHuffman dc, JpegHuffman ac, int from, int to, boolean refining, int low) {
        if (from > 0) {
            return refining ? new JpegCorrections(bits, ac, from, to, low) : new JpegBand(bits, ac, from, to, low);
        }
        if (refining) {
            return (component, at) -> component.coefficients[at] |= (short) (bits.take(1) << low);
        }
        return (component, at) -> {
            component.predictor += bits.takeSigned(JpegTables.dcBits(dc, bits));
            component.coefficients[at] = (short) (component.predictor << low);
        };
    }

    /** Fails if a run of zeros leads beyond the last coefficient. */
    static void requireInside(JpegBits bits, int k, int last) {
        if (k > last) {
            throw bits.fault("a block has more coefficients than its scan");
        }
    }
}
