package io.github.deqa4j.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Text files in UTF-8, with or without the byte order mark that Windows tools write. */
public final class Utf8Text {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int MARK_BYTES = 2;
    private static final int BYTE = 0xFF;

    private Utf8Text() {}

    /**
     * The lines of a file, ended by any of LF, CR LF and CR.
     *
     * @throws InvalidDataException if the file is missing or in another encoding
     */
    public static List<String> lines(Path file) {
        try (BufferedReader text = open(file)) {
            return text.lines().toList();
        } catch (UncheckedIOException | IOException e) {
            throw problem(file, e);
        }
    }

    /** Opens a file behind its byte order mark. */
    static BufferedReader open(Path file) throws IOException {
        BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        try {
            text.mark(1);
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
            return text;
        } catch (IOException e) {
            text.close();
            throw e;
        }
    }

    /** Why a file cannot be read. */
    static InvalidDataException problem(Path file, Exception e) {
        boolean encoding = e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException;
        if (!encoding) {
            return InvalidDataException.unreadable(file);
        }
        return new InvalidDataException(
                file,
                "the file is in " + (isUtf16(file) ? "UTF-16" : "another encoding than UTF-8") + "; save it as UTF-8");
    }

    private static boolean isUtf16(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] mark = bytes.readNBytes(MARK_BYTES);
            int both = mark.length < MARK_BYTES ? 0 : ((mark[0] & BYTE) << Byte.SIZE) | (mark[1] & BYTE);
            return both == 0xFEFF || both == 0xFFFE;
        } catch (IOException e) {
            return false;
        }
    }
}
