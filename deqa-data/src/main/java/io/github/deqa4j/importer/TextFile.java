package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.file.Utf8Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

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
        String text = decode(file, bytes, Utf8Text.isUtf16(bytes) ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
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

    private static String decode(Path file, byte[] bytes, Charset charset) {
        OptionalInt invalid = Utf8Text.firstInvalid(ByteBuffer.wrap(bytes), charset);
        if (invalid.isEmpty()) {
            return new String(bytes, charset);
        }
        String before = new String(bytes, 0, invalid.getAsInt(), charset);
        throw Location.line(file, line(before))
                .error(String.format(
                        "the byte 0x%02X is not valid %s; the file is in another encoding, so save it as UTF-8",
                        bytes[invalid.getAsInt()] & BYTE, charset));
    }

    private static void requireNoZeros(Path file, String text) {
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            throw Location.line(file, line(text.substring(0, zero)))
                    .error("there is a zero byte; the file is binary or in UTF-16 without a mark, so save it as UTF-8");
        }
    }

    /** The line at the end of a text, counted from 1. */
    private static long line(String text) {
        return 1 + text.chars().filter(c -> c == '\n').count();
    }
}
