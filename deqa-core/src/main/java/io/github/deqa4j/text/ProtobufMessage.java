package io.github.deqa4j.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A protobuf message inside a file, read field by field.
 *
 * <p>{@link #next} moves to a field; then exactly one of the reading methods or {@link #skip} takes its value. No length
 * is believed before it is compared with what is left (protobuf encoding: protobuf.dev/programming-guides/encoding).
 */
final class ProtobufMessage {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int LONGEST_VARINT_BITS = 64;

    private final String file;
    private final ByteBuffer data;
    private int start;
    private int field;
    private int wireType;

    private ProtobufMessage(String file, ByteBuffer data) {
        this.file = file;
        this.data = data;
    }

    /** The message that a whole file is. */
    static ProtobufMessage of(String file, byte[] content) {
        return new ProtobufMessage(file, ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Moves to the next field; false at the end of the message. */
    boolean next() {
        if (!data.hasRemaining()) {
            return false;
        }
        start = data.position();
        long tag = varint();
        require(
                tag >>> 3 > 0 && tag >>> 3 <= Integer.MAX_VALUE >> 2,
                "a field has the impossible number " + (tag >>> 3));
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        return true;
    }

    /** Number of the current field. */
    int field() {
        return field;
    }

    /** Where the current field starts, in bytes from the start of the file. */
    int offset() {
        return start;
    }

    /** A 32-bit whole number or an enumeration's value; longer ones lose their upper bits, as protobuf has it. */
    int int32() {
        requireType(VARINT);
        return (int) varint();
    }

    boolean flag() {
        requireType(VARINT);
        return varint() != 0;
    }

    float float32() {
        requireType(FIXED32);
        return fixed(Float.BYTES).getFloat();
    }

    String text() {
        ByteBuffer bytes = bytes();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedTokenizerException(file, start, "field " + field + " is not UTF-8 text; " + advice());
        }
    }

    ProtobufMessage message() {
        return new ProtobufMessage(file, bytes());
    }

    /** The bytes of the current field. Offsets in them count from the start of the file. */
    ByteBuffer bytes() {
        requireType(BYTES);
        return fixed(varint());
    }

    /** Skips the value of a field. */
    void skip() {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> fixed(Long.BYTES);
            case BYTES -> bytes();
            case FIXED32 -> fixed(Integer.BYTES);
            default -> require(false, "field " + field + " has wire type " + wireType + ", which no such file has");
        }
    }

    private ByteBuffer fixed(long length) {
        require(
                length >= 0 && length <= data.remaining(),
                "field " + field + " claims " + Long.toUnsignedString(length) + " bytes, but " + data.remaining()
                        + " are left");
        int from = data.position();
        data.position(from + (int) length);
        ByteBuffer value = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return value.position(from).limit(from + (int) length);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < LONGEST_VARINT_BITS; shift += 7) {
            require(data.hasRemaining(), "a number is cut short");
            byte b = data.get();
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedTokenizerException(file, start, "a number is longer than 10 bytes; " + advice());
    }

    private void requireType(int expected) {
        require(wireType == expected, "field " + field + " has wire type " + wireType + " instead of " + expected);
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            throw new MalformedTokenizerException(file, start, problem + "; " + advice());
        }
    }

    private static String advice() {
        return "the file is damaged or not a SentencePiece model";
    }
}
