package io.github.deqa4j.checkpoint;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Elements of any floating type as float32, or rounded to IEEE 754 binary16. Java 17 has no methods for binary16. */
final class FloatConversion {
    private static final int HALF_EXPONENT_BITS = 0x7c00;
    private static final int HALF_MANTISSA_BITS = 0x03ff;
    private static final int MANTISSA_SHIFT = 13;
    private static final int BIAS_DIFFERENCE = (127 - 15) << 23;
    private static final float SMALLEST_HALF = 0x1p-24f;
    private static final int MANTISSA_BITS = 10;
    private static final int LEAST_EXPONENT = -14;

    /**
     * Halfway between the largest half and the next power of two: the smallest number that rounds beyond the largest
     * half.
     */
    private static final float TOO_LARGE = 65520;

    private FloatConversion() {}

    /**
     * The elements of a tensor, row by row.
     *
     * @throws DeqaException if the tensor is not of a floating type, or as for {@link TensorEntry#map}
     */
    static float[] toFloats(TensorEntry entry) {
        return switch (entry.dtype()) {
            case F64 -> doubles(entry);
            case F32 -> floats(entry);
            case F16 -> halves(entry);
            case BF16 -> brainFloats(entry);
            default ->
                throw new DeqaException(entry.file() + ": the tensor " + Excerpt.quoted(entry.name()) + " is of type "
                        + entry.dtype() + "; only F64, F32, F16 and BF16 are read as numbers");
        };
    }

    private static float[] doubles(TensorEntry entry) {
        ByteBuffer source = entry.map();
        float[] values = new float[source.remaining() / Double.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) source.getDouble();
        }
        return values;
    }

    private static float[] floats(TensorEntry entry) {
        ByteBuffer source = entry.map();
        float[] values = new float[source.remaining() / Float.BYTES];
        source.asFloatBuffer().get(values);
        return values;
    }

    private static float[] halves(TensorEntry entry) {
        ByteBuffer source = entry.map();
        float[] values = new float[source.remaining() / Short.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = half(source.getShort());
        }
        return values;
    }

    private static float[] brainFloats(TensorEntry entry) {
        ByteBuffer source = entry.map();
        float[] values = new float[source.remaining() / Short.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(source.getShort() << 16);
        }
        return values;
    }

    /** The value of IEEE 754 binary16 bits. Exact. */
    static float half(short bits) {
        int exponent = bits & HALF_EXPONENT_BITS;
        int mantissa = bits & HALF_MANTISSA_BITS;
        if (exponent == 0) {
            return Math.copySign(mantissa * SMALLEST_HALF, bits);
        }
        int magnitude = (exponent | mantissa) << MANTISSA_SHIFT;
        int biased = exponent == HALF_EXPONENT_BITS ? 0xff << 23 | magnitude : magnitude + BIAS_DIFFERENCE;
        return Float.intBitsToFloat((bits & 0x8000) << 16 | biased);
    }

    /**
     * The elements of a tensor as halves.
     *
     * @throws DeqaException if one is no number or too large for a half, or as for {@link TensorEntry#toFloats}
     */
    static ByteBuffer toHalves(TensorEntry entry) {
        float[] values = entry.toFloats();
        for (float value : values) {
            if (!(Math.abs(value) < TOO_LARGE)) {
                throw new DeqaException(entry.file() + ": the tensor " + Excerpt.quoted(entry.name()) + " holds "
                        + value + ", which float16 cannot hold; its numbers must be from -65504 to 65504");
            }
        }
        return toHalves(values);
    }

    /** Numbers as halves; they must not be too large. */
    static ByteBuffer toHalves(float[] values) {
        ByteBuffer halves = ByteBuffer.allocate(Math.multiplyExact(Short.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            halves.putShort(round(value));
        }
        return halves.flip();
    }

    /** The bits of the half nearest to a number; ties go to the even one. The number must not be too large. */
    static short round(float value) {
        int exponent = Math.max(Math.getExponent(value), LEAST_EXPONENT);
        long steps = (long) Math.rint(Math.scalb((double) Math.abs(value), MANTISSA_BITS - exponent));
        // The leading one of a normal number, and the carry of one that is rounded up, add to the exponent's bits.
        long magnitude = ((long) (exponent - LEAST_EXPONENT) << MANTISSA_BITS) + steps;
        return (short) (((Float.floatToRawIntBits(value) >>> 16) & 0x8000) | magnitude);
    }
}
