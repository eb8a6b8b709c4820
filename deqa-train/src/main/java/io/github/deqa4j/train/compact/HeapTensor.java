package io.github.deqa4j.train.compact;

import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.TensorSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A float32 tensor on the heap, row by row. */
final class HeapTensor {
    private final float[] values;
    private final long[] shape;

    HeapTensor(float[] values, long... shape) {
        this.values = values;
        this.shape = shape;
    }

    /** The numbers themselves, not a copy. */
    float[] numbers() {
        return values;
    }

    boolean hasShape(long... expected) {
        return Arrays.equals(shape, expected);
    }

    /** The tensor, to be written. */
    TensorSource source() {
        return new TensorSource(DType.F32, shape, () -> {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            return bytes;
        });
    }

    @Override
    public String toString() {
        return Arrays.toString(shape);
    }
}
