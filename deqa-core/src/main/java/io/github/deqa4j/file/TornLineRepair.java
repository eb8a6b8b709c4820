package io.github.deqa4j.file;

import io.github.deqa4j.DeqaException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * Repairs the last line of a file to which rows are appended. A run that was killed may leave the line without its
 * newline. The line is kept where it is a whole row, removed where it is the start of a row, and left alone where it is
 * anything else.
 */
public final class TornLineRepair {
    private static final int BLOCK = 1 << 16;
    private static final int LONGEST_LINE = 1 << 20;

    private TornLineRepair() {}

    /**
     * Brings a file to a state in which every line is whole and ended.
     *
     * @param file a file that exists
     * @param start what every row starts with, in ASCII
     * @param isRow whether a line, without its newline, is a whole row
     * @throws DeqaException if the last line is not ended and neither a row nor the start of one; the file is untouched
     */
    public static void mend(Path file, String start, Predicate<String> isRow) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long place = afterLastNewline(bytes);
            String last = text(bytes, place);
            if (last.isEmpty()) {
                return;
            }
            if (isRow.test(last)) {
                bytes.seek(bytes.length());
                bytes.write('\n');
            } else if (start.startsWith(last) || last.startsWith(start)) {
                bytes.setLength(place);
            } else {
                throw new DeqaException(file + ": the last line is not a row of results; choose another file");
            }
        }
    }

    private static String text(RandomAccessFile bytes, long place) throws IOException {
        byte[] last = new byte[(int) Math.min(LONGEST_LINE, bytes.length() - place)];
        bytes.seek(place);
        bytes.readFully(last);
        return new String(last, StandardCharsets.UTF_8);
    }

    private static long afterLastNewline(RandomAccessFile bytes) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long end = bytes.length(); end > 0; end -= BLOCK) {
            long start = Math.max(0, end - BLOCK);
            int length = (int) (end - start);
            bytes.seek(start);
            bytes.readFully(block, 0, length);
            for (int i = length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return start + i + 1;
                }
            }
        }
        return 0;
    }
}
