package io.github.deqa4j.checkpoint;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Elements of any floating type rounded to IEEE 754 binary16, which Java 17 has no method for. */
final class Halves {
    private static final int MANTISSA_BITS = 10;
    private static final int LEAST_EXPONENT = -14;

    /** Halfway from the largest half to the next power of two, and so the first number that is rounded beyond all halves. */
    private static final float TOO_LARGE = 65520;

    private Halves() {}

    /**
     * The elements of a tensor as halves.
     *
     * @throws DeqaException if one is no number or too large for a half, or as for {@link TensorEntry#toFloats}
     */
    static ByteBuffer of(TensorEntry entry) {
        float[] values = entry.toFloats();
        ByteBuffer halves = ByteBuffer.allocate(Math.multiplyExact(Short.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (!(Math.abs(value) < TOO_LARGE)) {
                throw new DeqaException(entry.file() + ": the tensor " + Excerpt.quoted(entry.name()) + " holds "
                        + value + ", which float16 cannot hold; its numbers must be from -65504 to 65504");
            }
            halves.putShort(round(value));
        }
        return halves.flip();
    }

    /** The bits of the half nearest to a number, of two equally near ones the even one; the number is not too large. */
    static short round(float value) {
        int exponent = Math.max(Math.getExponent(value), LEAST_EXPONENT);
        long steps = (long) Math.rint(Math.scalb((double) Math.abs(value), MANTISSA_BITS - exponent));
        // The leading one of a normal number, and the carry of one that is rounded up, add to the exponent's bits.
        long magnitude = ((long) (exponent - LEAST_EXPONENT) << MANTISSA_BITS) + steps;
        return (short) (((Float.floatToRawIntBits(value) >>> 16) & 0x8000) | magnitude);
    }
}
