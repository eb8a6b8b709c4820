package io.github.deqa4j.train.compact;

import io.github.deqa4j.checkpoint.TensorSource;
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
        return TensorSource.of(values, shape);
    }

    @Override
    public String toString() {
        return Arrays.toString(shape);
    }
}
