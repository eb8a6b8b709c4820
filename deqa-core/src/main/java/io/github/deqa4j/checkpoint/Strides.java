package io.github.deqa4j.checkpoint;

import java.nio.ByteBuffer;

/**
 * The layout of a tensor's elements in a file: the distance from one index to the next, in each dimension. Elements may
 * be in any order and may be shared by several indices.
 */
final class Strides {
    private final long[] shape;
    private final long[] strides;

    /**
     * @param shape without a dimension of 0
     * @param strides in elements, at least 0; as many as dimensions
     */
    Strides(long[] shape, long[] strides) {
        this.shape = shape;
        this.strides = strides;
    }

    /** Elements from the first to the last. */
    long extent() {
        return TensorShape.extent(shape, strides).orElseThrow();
    }

    /**
     * A copy of the elements, row by row.
     *
     * @param source from the first element on
     * @param size bytes of an element
     */
    ByteBuffer inRows(ByteBuffer source, int size) {
        int count = Math.toIntExact(TensorShape.product(shape, 1).orElseThrow());
        ByteBuffer rows = ByteBuffer.allocateDirect(Math.multiplyExact(count, size));
        long[] index = new long[shape.length];
        long at = 0;
        for (int i = 0; i < count; i++) {
            rows.put(i * size, source, Math.toIntExact(at * size), size);
            at = next(index, at);
        }
        return rows;
    }

    /** Increments an index, the last dimension first. Returns the place of its element. */
    private long next(long[] index, long at) {
        long place = at;
        for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
            place += strides[dimension];
            if (++index[dimension] < shape[dimension]) {
                return place;
            }
            place -= index[dimension] * strides[dimension];
            index[dimension] = 0;
        }
        return place;
    }
}
