package io.github.deqa4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether a command would write over what it reads. */
final class SameFile {
    private SameFile() {}

    /** Whether a name leads to the same file as one of others; a file that is not there is no other's. */
    static boolean isAmong(List<Path> read, Path written) {
        return Files.exists(written) && read.stream().anyMatch(path -> is(path, written));
    }

    private static boolean is(Path read, Path written) {
        try {
            return Files.isSameFile(read, written);
        } catch (IOException e) {
            return false; // what cannot be looked at will fail with a better message when it is read or written
        }
    }
}
