package io.github.deqa4j.score;

import io.github.deqa4j.InvalidSettingException;
import java.util.Locale;

/** The number format in which a network keeps its weights and computes. */
public enum Precision {
    /** 32-bit floating point: parity with the authors' network to 1e-5. */
    FLOAT32(Float.BYTES),
    /** bfloat16 weights and matrix products, normalization and attention in 32 bit: half the memory, twice the speed. */
    BF16(Short.BYTES),
    /**
     * 8-bit integers in the matrix products of a large network, scaled by output of a weight and by token; embeddings, the head
     * and layers that would lose too much in bfloat16, everything else in 32 bit: a quarter of the memory of float32. On a CPU only.
     */
    INT8(Byte.BYTES);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /**
     * The precision of a name as users write it.
     *
     * @throws InvalidSettingException if the name is none of {@code float32}, {@code bf16} and {@code int8}
     */
    public static Precision parse(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "float32" -> FLOAT32;
            case "bf16" -> BF16;
            case "int8" -> INT8;
            default ->
                throw new InvalidSettingException(
                        "precision", "the precision \"" + name + "\" is unknown; use float32, bf16 or int8");
        };
    }

    /** Bytes of a weight in a matrix product. */
    public int bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
