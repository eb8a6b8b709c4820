package io.github.deqa4j.checkpoint;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.nio.ByteBuffer;

/** Elements of any floating type as float32. */
final class Floats {
    private static final int HALF_EXPONENT_BITS = 0x7c00;
    private static final int HALF_MANTISSA_BITS = 0x03ff;
    private static final int MANTISSA_SHIFT = 13;
    private static final int BIAS_DIFFERENCE = (127 - 15) << 23;
    private static final float SMALLEST_HALF = 0x1p-24f;

    private Floats() {}

    static float[] of(TensorEntry entry) {
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

    /** The value of IEEE 754 binary16 bits. Exact; Java 17 has no method for it. */
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
}
