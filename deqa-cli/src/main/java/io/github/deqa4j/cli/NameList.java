package io.github.deqa4j.cli;

import io.github.deqa4j.file.Utf8Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A list of file names in UTF-8: one on each line, as a file has it, or each ended by a zero byte, as {@code find -print0}
 * writes them. A byte order mark at its start is dropped.
 */
final class NameList {
    /** What is wrong with a name whose bytes are no UTF-8; to follow the name. */
    static final String NO_UTF8 = ": this name is not in UTF-8, so the file cannot be opened by it; rename the file";

    private final InputStream in;
    private final boolean zeroEnded;

    /**
     * A list that is read when it is asked for.
     *
     * @param zeroEnded whether a zero byte ends each name, and not the end of the line
     */
    NameList(InputStream in, boolean zeroEnded) {
        this.in = in;
        this.zeroEnded = zeroEnded;
    }

    /**
     * A name.
     *
     * @param text the name; bytes that are no UTF-8 as {@code \xE9}
     * @param problem why it names no file; empty if it may
     */
    record Name(String text, String problem) {}

    /**
     * The names; empty ones are passed over, as are blank lines.
     *
     * @throws CommandException with the status of wrong usage, if the list is in UTF-16, or its names are ended otherwise
     */
    Stream<Name> names() {
        byte[] bytes = bytes();
        requireEncoding(bytes);
        List<Name> names = new ArrayList<>();
        int start = Utf8Text.markBytes(bytes);
        byte end = (byte) (zeroEnded ? 0 : '\n');
        for (int i = start; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == end) {
                names.add(name(bytes, start, i));
                start = i + 1;
            }
        }
        return names.stream()
                .filter(name ->
                        zeroEnded ? !name.text().isEmpty() : !name.text().isBlank());
    }

    private Name name(byte[] bytes, int start, int end) {
        boolean carriageReturn = !zeroEnded && end > start && bytes[end - 1] == '\r';
        ByteBuffer name = ByteBuffer.wrap(bytes, start, end - start - (carriageReturn ? 1 : 0));
        try {
            return new Name(
                    StandardCharsets.UTF_8.newDecoder().decode(name.duplicate()).toString(), "");
        } catch (CharacterCodingException e) {
            String shown = escaped(name);
            return new Name(shown, shown + NO_UTF8);
        }
    }

    private static String escaped(ByteBuffer name) {
        StringBuilder shown = new StringBuilder();
        while (name.hasRemaining()) {
            byte b = name.get();
            shown.append(b >= 0 ? String.valueOf((char) b) : String.format("\\x%02X", b));
        }
        return shown.toString();
    }

    private void requireEncoding(byte[] bytes) {
        if (Utf8Text.isUtf16(bytes)) {
            throw CommandException.usage("the list on standard input is in UTF-16; save it in UTF-8");
        }
        if (!zeroEnded && new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\0') >= 0) {
            throw CommandException.usage(
                    "the list on standard input has zero bytes; add -0 if each ends a name, as those of"
                            + " find -print0 do, or save the list in UTF-8 if it is in UTF-16");
        }
    }

    private byte[] bytes() {
        try {
            return in.readAllBytes();
        } catch (IOException e) {
            throw CommandException.usage("standard input cannot be read (" + e.getMessage() + ")");
        }
    }
}
