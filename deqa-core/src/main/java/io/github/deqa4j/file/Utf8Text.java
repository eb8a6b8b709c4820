package io.github.deqa4j.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Text in UTF-8, with or without the byte order mark that Windows tools write. Bytes in another encoding are an error. */
public final class Utf8Text {
    private static final char MARK = '\uFEFF';
    private static final int MARK_BYTES = 3;
    private static final int PIECE = 1 << 13;
    private static final int BYTE = 0xFF;

    private Utf8Text() {}

    /** The number of bytes of the byte order mark at the start of a text: 3 or 0. */
    public static int markBytes(byte[] text) {
        boolean marked =
                text.length >= MARK_BYTES && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF;
        return marked ? MARK_BYTES : 0;
    }

    /** Whether bytes start with a byte order mark of UTF-16. */
    public static boolean isUtf16(byte[] text) {
        int first = text.length < 2 ? 0 : ((text[0] & BYTE) << Byte.SIZE) | (text[1] & BYTE);
        return first == 0xFEFF || first == 0xFFFE;
    }

    /**
     * The offset of the first byte that is not part of a valid character, from the buffer's position; empty if there is none.
     * Takes 16 KiB of memory, however long the text is, and leaves the buffer as it is.
     */
    public static OptionalInt firstInvalid(ByteBuffer text, Charset charset) {
        ByteBuffer rest = text.duplicate();
        CharsetDecoder decoder = charset.newDecoder();
        CharBuffer piece = CharBuffer.allocate(PIECE);
        CoderResult result = decoder.decode(rest, piece, true);
        while (result.isOverflow()) {
            piece.clear();
            result = decoder.decode(rest, piece, true);
        }
        return result.isError() ? OptionalInt.of(rest.position() - text.position()) : OptionalInt.empty();
    }

    /**
     * Decodes a whole text and drops its byte order mark.
     *
     * @throws CharacterCodingException if the bytes are not valid UTF-8
     */
    public static String decode(byte[] text) throws CharacterCodingException {
        if (firstInvalid(ByteBuffer.wrap(text), StandardCharsets.UTF_8).isPresent()) {
            throw new MalformedInputException(1);
        }
        int mark = markBytes(text);
        return new String(text, mark, text.length - mark, StandardCharsets.UTF_8);
    }

    /**
     * Opens a file after its byte order mark. The reader throws a {@link CharacterCodingException} at bytes that are not valid
     * UTF-8.
     *
     * @throws IOException if the file is missing or cannot be read
     */
    public static BufferedReader open(Path file) throws IOException {
        BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        try {
            text.mark(1);
            if (text.read() != MARK) {
                text.reset();
            }
            return text;
        } catch (IOException e) {
            text.close();
            throw e;
        }
    }
}
