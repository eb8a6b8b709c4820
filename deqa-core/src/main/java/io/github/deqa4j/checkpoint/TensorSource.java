package io.github.deqa4j.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A tensor to be written. Its elements are requested when they are written. */
public final class TensorSource {
    private final DType dtype;
    private final long[] shape;
    private final long bytes;
    private final Supplier<ByteBuffer> elements;

    /**
     * Describes a tensor.
     *
     * @param shape dimensions, outermost first, none negative; none for a scalar
     * @param elements gives all elements, row by row and little endian, between position and limit; called once
     * @throws IllegalArgumentException if the shape is impossible
     */
    public TensorSource(DType dtype, long[] shape, Supplier<ByteBuffer> elements) {
        OptionalLong size = TensorShape.product(shape, dtype.bytes());
        if (size.isEmpty() || Arrays.stream(shape).anyMatch(dimension -> dimension < 0)) {
            throw new IllegalArgumentException("impossible shape " + Arrays.toString(shape));
        }
        this.dtype = dtype;
        this.shape = shape.clone();
        this.bytes = size.getAsLong();
        this.elements = elements;
    }

    /** The same tensor again, mapped from its file. */
    public static TensorSource of(TensorEntry entry) {
        return new TensorSource(entry.dtype(), entry.shape(), entry::map);
    }

    /**
     * A tensor of any floating type, rounded to {@link DType#F16} when it is written.
     *
     * <p>Writing throws a {@link io.github.deqa4j.DeqaException} where a number is NaN or too large for a half.
     */
    public static TensorSource halfOf(TensorEntry entry) {
        return new TensorSource(DType.F16, entry.shape(), () -> FloatConversion.toHalves(entry));
    }

    /** A float32 tensor of values, row by row. The array must not change before it is written. */
    public static TensorSource of(float[] values, long... shape) {
        return new TensorSource(DType.F32, shape, () -> {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            return bytes;
        });
    }

    /** Values rounded to {@link DType#F16}, row by row, each of which a half can hold; otherwise as {@link #of(float[], long...)}. */
    public static TensorSource halfOf(float[] values, long... shape) {
        return new TensorSource(DType.F16, shape, () -> FloatConversion.toHalves(values));
    }

    /** The same tensor, which tells when its elements were requested. */
    public TensorSource whenRead(Runnable told) {
        return new TensorSource(dtype, shape, () -> {
            ByteBuffer buffer = elements.get();
            told.run();
            return buffer;
        });
    }

    DType dtype() {
        return dtype;
    }

    long[] shape() {
        return shape.clone();
    }

    long bytes() {
        return bytes;
    }

    /** The elements; as many as the shape says. */
    ByteBuffer elements() {
        ByteBuffer buffer = elements.get().duplicate();
        if (buffer.remaining() != bytes) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " and type " + dtype
                    + " came with " + buffer.remaining() + " bytes instead of " + bytes);
        }
        return buffer;
    }
}
