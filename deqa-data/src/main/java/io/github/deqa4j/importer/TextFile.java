package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text in UTF-8, or in UTF-16 that says so with a byte order mark; anything else is refused with its line. */
final class TextFile {
    private static final int MAX_BYTES = 128 << 20;
    private static final int BYTE = 0xFF;

    private TextFile() {}

    /**
     * The text of a file, without its byte order mark.
     *
     * @throws InvalidDataException if the file is missing, larger than 128 MiB or in another encoding
     */
    static String read(Path file) {
        byte[] bytes = bytes(file, MAX_BYTES);
        String text = decode(file, bytes, charset(bytes));
        requireNoZeros(file, text);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The bytes of a file that is not larger than a limit. */
    static byte[] bytes(Path file, int limit) {
        try {
            if (!Files.isRegularFile(file)) {
                throw InvalidDataException.unreadable(file);
            }
            if (Files.size(file) > limit) {
                throw new InvalidDataException(
                        file, "the file is larger than " + (limit >> 20) + " MiB; files of ratings are not");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file);
        }
    }

    private static Charset charset(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : ((bytes[0] & BYTE) << Byte.SIZE) | (bytes[1] & BYTE);
        return first == 0xFEFF || first == 0xFFFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    private static String decode(Path file, byte[] bytes, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (!result.isUnderflow()) {
            throw wrongEncoding(file, charset, out.flip(), bytes[in.position()]);
        }
        decoder.flush(out);
        return out.flip().toString();
    }

    private static InvalidDataException wrongEncoding(Path file, Charset charset, CharSequence before, byte found) {
        long line = 1 + before.chars().filter(c -> c == '\n').count();
        return Location.line(file, line)
                .error(String.format(
                        "the byte 0x%02X is not valid %s; the file is in another encoding, so save it as UTF-8",
                        found & BYTE, charset));
    }

    private static void requireNoZeros(Path file, String text) {
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            long line =
                    1 + text.substring(0, zero).chars().filter(c -> c == '\n').count();
            throw Location.line(file, line)
                    .error("there is a zero byte; the file is binary or in UTF-16 without a mark, so save it as UTF-8");
        }
    }
}
