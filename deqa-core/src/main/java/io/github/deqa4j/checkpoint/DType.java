package io.github.deqa4j.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** Number format of a tensor's elements, under its safetensors name; all little endian. */
public enum DType {
    F64(8),
    F32(4),
    F16(2),
    /** The upper half of an {@link #F32}. */
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Size of one element. */
    public int bytes() {
        return bytes;
    }

    static Optional<DType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }
}
