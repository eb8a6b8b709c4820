package io.github.deqa4j.checkpoint;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A tensor in a weights file. Nothing is read before it is asked for. Elements are returned row by row. Where the file
 * has another order (PyTorch keeps a transposed tensor as it is), they are reordered when read.
 */
public final class TensorEntry {
    private final String file;
    private final Content content;
    private final String name;
    private final DType dtype;
    private final long[] shape;
    private final long offset;
    private final long bytes;
    private final Optional<Strides> strides;

    /**
     * A tensor that lies row by row.
     *
     * @param offset of the first element in the file
     * @param bytes size of all elements, which lie inside the file
     */
    TensorEntry(CheckpointFile file, String name, DType dtype, long[] shape, long offset, long bytes) {
        this(file, name, dtype, shape, offset, bytes, Optional.empty());
    }

    /**
     * A tensor in any order.
     *
     * @param offset of the first element in the file
     * @param bytes size of all elements
     * @param strides where the elements lie, inside the file; empty if row by row
     */
    TensorEntry(
            CheckpointFile file,
            String name,
            DType dtype,
            long[] shape,
            long offset,
            long bytes,
            Optional<Strides> strides) {
        this.file = file.name();
        this.content = file.content();
        this.name = name;
        this.dtype = dtype;
        this.shape = shape;
        this.offset = offset;
        this.bytes = bytes;
        this.strides = strides;
    }

    /** What messages call the file: its path, or where it lies on the class path. */
    public String file() {
        return file;
    }

    public String name() {
        return name;
    }

    public DType dtype() {
        return dtype;
    }

    /** The dimensions, outermost first; none for a scalar. A copy. */
    public long[] shape() {
        return shape.clone();
    }

    /** Number of elements; 1 for a scalar, 0 if a dimension is 0. */
    public long elements() {
        return bytes / dtype.bytes();
    }

    /** Size of all elements. */
    public long bytes() {
        return bytes;
    }

    /** Where the first element lies in the file. */
    long offset() {
        return offset;
    }

    /**
     * Maps the elements into memory, without a copy where they lie row by row. The mapping ends when the buffer is collected.
     *
     * @return a direct little-endian buffer from position 0 to {@link #bytes()}
     * @throws DeqaException if the tensor has 2 GiB or more, or the file has become unreadable
     */
    public ByteBuffer map() {
        requireMappable();
        return bytes == 0 ? littleEndian(ByteBuffer.allocateDirect(0)) : mapped();
    }

    /**
     * Copies the elements, which then take no memory but that of the target.
     *
     * @param target with room for {@link #bytes()}, exactly; it is filled
     * @throws DeqaException as for {@link #map}
     */
    public void read(ByteBuffer target) {
        requireMappable();
        if (target.remaining() != bytes) {
            throw new IllegalArgumentException("room for " + target.remaining() + " bytes instead of " + bytes);
        }
        if (strides.isPresent()) {
            target.put(map());
            return;
        }
        try {
            content.copy(target, offset);
        } catch (IOException e) {
            throw new DeqaException(
                    file + ": the tensor " + Excerpt.quoted(name) + " at byte " + offset + " cannot be read ("
                            + e.getMessage() + "); the file was changed, or the disk has a fault",
                    e);
        }
    }

    private void requireMappable() {
        long most = Math.max(bytes, extent());
        if (most > Integer.MAX_VALUE) {
            throw new DeqaException(file + ": the tensor " + Excerpt.quoted(name) + " has " + most
                    + " bytes; a tensor must be smaller than 2 GiB");
        }
    }

    /** Bytes of the file from the first element to the end of the last. */
    private long extent() {
        return strides.map(order -> order.extent() * dtype.bytes()).orElse(bytes);
    }

    private ByteBuffer mapped() {
        try {
            ByteBuffer mapped = content.map(offset, extent());
            return littleEndian(
                    strides.map(order -> order.inRows(mapped, dtype.bytes())).orElse(mapped));
        } catch (IOException e) {
            throw new DeqaException(
                    file + ": the tensor " + Excerpt.quoted(name) + " cannot be mapped into memory (" + e.getMessage()
                            + "); the file was changed, or memory is short",
                    e);
        }
    }

    /**
     * Reads the elements, row by row, rounded to float32 where they are {@link DType#F64}.
     *
     * @throws DeqaException if the tensor is not of a floating type, or as for {@link #map}
     */
    public float[] toFloats() {
        return FloatConversion.toFloats(this);
    }

    private static ByteBuffer littleEndian(ByteBuffer buffer) {
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String toString() {
        return name;
    }
}
