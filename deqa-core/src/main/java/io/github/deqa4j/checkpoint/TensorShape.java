package io.github.deqa4j.checkpoint;

import java.util.OptionalLong;

/** Checked arithmetic on shapes from untrusted files. */
final class TensorShape {
    /** The most dimensions that PyTorch supports. */
    static final int MOST_DIMENSIONS = 64;

    private TensorShape() {}

    /** The product of the dimensions times a factor; empty if it does not fit in 63 bits. */
    static OptionalLong product(long[] shape, long factor) {
        try {
            long product = 1;
            for (long dimension : shape) {
                product = Math.multiplyExact(product, dimension);
            }
            return OptionalLong.of(Math.multiplyExact(product, factor));
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * The number of elements of a storage from the first to the last element of a tensor; 0 for a tensor without
     * elements. Empty if it does not fit in 63 bits.
     */
    static OptionalLong extent(long[] shape, long[] strides) {
        try {
            long last = 0;
            for (int i = 0; i < shape.length; i++) {
                if (shape[i] == 0) {
                    return OptionalLong.of(0);
                }
                last = Math.addExact(last, Math.multiplyExact(shape[i] - 1, strides[i]));
            }
            return OptionalLong.of(Math.addExact(last, 1));
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether strides are those of a tensor stored row by row. Strides of dimensions of one element do not matter. */
    static boolean isContiguous(long[] shape, long[] strides) {
        long expected = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            if (shape[i] != 1 && strides[i] != expected) {
                return false;
            }
            expected *= shape[i];
        }
        return true;
    }
}
