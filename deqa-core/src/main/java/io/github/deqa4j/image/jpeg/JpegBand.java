package io.github.deqa4j.image.jpeg;

/** The high bits of a band of coefficients, for the first time; runs of blocks may have none (ITU T.81, G.1.2.2). */
final class JpegBand implements JpegBlocks {
    private final JpegBits bits;
    private final JpegHuffman ac;
    private final int from;
    private final int to;
    private final int low;
    private int emptyBlocks;

    JpegBand(JpegBits bits, JpegHuffman ac, int from, int to, int low) {
        this.bits = bits;
        this.ac = ac;
        this.from = from;
        this.to = to;
        this.low = low;
    }

    @Override
    public void read(JpegComponent component, int at) {
        if (emptyBlocks > 0) {
            emptyBlocks--;
            return;
        }
        for (int k = from; k <= to; k++) {
            int symbol = ac.next(bits);
            int length = symbol & 0xF;
            int zeros = symbol >> 4;
            if (length == 0 && zeros < 15) {
                emptyBlocks = (1 << zeros) - 1 + bits.take(zeros);
                return;
            }
            k += zeros;
            JpegBlocks.requireInside(bits, k, to);
            if (length > 0) {
                component.coefficients[at + JpegComponent.ZIGZAG[k]] = (short) (bits.takeSigned(length) << low);
            }
        }
    }

    @Override
    public void restart() {
        emptyBlocks = 0;
    }
}
