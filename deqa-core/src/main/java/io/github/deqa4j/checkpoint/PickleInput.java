package io.github.deqa4j.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the bytes of a pickle, with limits on lengths. Errors name the offset in the file. */
final class PickleInput {
    private static final int LONGEST_TEXT = 1 << 16;
    private static final int LONGEST_LINE = 256;

    private final String file;
    private final long start;
    private final ByteBuffer bytes;
    private int opcodeAt;

    /** @param start where in the file the pickle starts */
    PickleInput(String file, long start, ByteBuffer bytes) {
        this.file = file;
        this.start = start;
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    int opcode() {
        opcodeAt = bytes.position();
        return unsignedByte();
    }

    int unsignedByte() {
        return Byte.toUnsignedInt(take(1).get());
    }

    int unsignedShort() {
        return Short.toUnsignedInt(take(Short.BYTES).getShort());
    }

    int signedInt() {
        return take(Integer.BYTES).getInt();
    }

    long unsignedInt() {
        return Integer.toUnsignedLong(signedInt());
    }

    long signedLong() {
        return take(Long.BYTES).getLong();
    }

    /** A two's complement number in at most 8 bytes, least significant first. */
    long wholeOf(int count) {
        verify(count <= Long.BYTES, "the pickle holds a whole number of %s bytes; at most 8 are read", count);
        ByteBuffer digits = take(count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= Byte.toUnsignedLong(digits.get()) << (Byte.SIZE * i);
        }
        int unused = Long.SIZE - Byte.SIZE * count;
        return count == 0 ? 0 : value << unused >> unused;
    }

    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    /** UTF-8 text of a length that was just read. */
    String text(long length) {
        verify(length >= 0 && length <= LONGEST_TEXT, "the pickle holds a text longer than %s bytes", LONGEST_TEXT);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(take((int) length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("the pickle holds a text that is not valid UTF-8");
        }
    }

    /** Text up to a line feed, which is passed over. */
    String line() {
        int length = 0;
        int most = Math.min(LONGEST_LINE, bytes.remaining());
        while (length < most && bytes.get(bytes.position() + length) != '\n') {
            length++;
        }
        verify(length < most, "the pickle names a global without an end");
        String line = text(length);
        take(1);
        return line;
    }

    /** Checks the length of a frame; the pickle is in memory already, so frames do not matter. */
    void frame() {
        long length = signedLong();
        verify(length >= 0 && length <= bytes.remaining(), "a frame of the pickle is longer than the rest of it");
    }

    void end() {
        verify(!bytes.hasRemaining(), "something follows the end of the pickle");
    }

    private ByteBuffer take(int count) {
        verify(count <= bytes.remaining(), "the pickle ends inside an operation; the file was cut off or damaged");
        ByteBuffer taken = bytes.slice(bytes.position(), count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + count);
        return taken;
    }

    /** @throws MalformedCheckpointException at the last opcode, if the condition does not hold */
    void verify(boolean condition, String problem, Object... values) {
        MalformedCheckpointException.verify(condition, file, start + opcodeAt, problem, values);
    }

    MalformedCheckpointException malformed(String problem) {
        return new MalformedCheckpointException(file, problem + " (byte offset " + (start + opcodeAt) + ")");
    }
}
