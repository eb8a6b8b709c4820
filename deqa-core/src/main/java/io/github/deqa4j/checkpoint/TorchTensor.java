package io.github.deqa4j.checkpoint;

/** A view of a storage, as the file claims it: all numbers are at least 0, and no more has been checked. */
final class TorchTensor {
    private final TorchStorage storage;
    private final long offset;
    private final long[] shape;
    private final long[] strides;

    /**
     * @param offset of the first element, in elements
     * @param strides from one index to the next in each dimension, in elements; as many as dimensions
     */
    TorchTensor(TorchStorage storage, long offset, long[] shape, long[] strides) {
        this.storage = storage;
        this.offset = offset;
        this.shape = shape;
        this.strides = strides;
    }

    TorchStorage storage() {
        return storage;
    }

    long offset() {
        return offset;
    }

    long[] shape() {
        return shape;
    }

    long[] strides() {
        return strides;
    }
}
