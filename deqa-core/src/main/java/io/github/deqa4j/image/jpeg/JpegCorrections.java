package io.github.deqa4j.image.jpeg;

/**
 * One more low bit of a band of coefficients: a correction bit for each that is not zero, and codes for those that become
 * 1 or −1 (ITU T.81, G.1.2.3).
 */
final class JpegCorrections implements JpegBlocks {
    private final JpegBits bits;
    private final JpegHuffman ac;
    private final int from;
    private final int to;
    private final int unit;
    private int emptyBlocks;

    JpegCorrections(JpegBits bits, JpegHuffman ac, int from, int to, int low) {
        this.bits = bits;
        this.ac = ac;
        this.from = from;
        this.to = to;
        this.unit = 1 << low;
    }

    @Override
    public void read(JpegComponent component, int at) {
        short[] coefficients = component.coefficients;
        int k = from;
        while (emptyBlocks == 0 && k <= to) {
            int symbol = ac.next(bits);
            int zeros = symbol >> 4;
            int length = symbol & 0xF;
            if (length == 0 && zeros < 15) {
                emptyBlocks = (1 << zeros) + bits.take(zeros);
                break;
            }
            if (length > 1) {
                throw bits.fault("a correction has " + length + " bits");
            }
            int value = length == 0 ? 0 : bits.take(1) == 1 ? unit : -unit;
            k = correct(coefficients, at, k, zeros);
            if (value != 0) {
                JpegBlocks.requireInside(bits, k, to);
                coefficients[at + JpegComponent.ZIGZAG[k]] = (short) value;
            }
            k++;
        }
        if (emptyBlocks > 0) {
            correct(coefficients, at, k, JpegComponent.SIZE);
            emptyBlocks--;
        }
    }

    @Override
    public void restart() {
        emptyBlocks = 0;
    }

    /**
     * Corrects the nonzero coefficients up to the zero that is preceded by a number of other zeros. Returns the index
     * of that zero.
     */
    private int correct(short[] coefficients, int at, int start, int zeros) {
        int left = zeros;
        int k = start;
        for (; k <= to; k++) {
            int i = at + JpegComponent.ZIGZAG[k];
            int value = coefficients[i];
            if (value == 0) {
                if (left == 0) {
                    break;
                }
                left--;
            } else if (bits.take(1) == 1 && (value & unit) == 0) {
                coefficients[i] += (short) (value > 0 ? unit : -unit);
            }
        }
        return k;
    }
}
