package io.github.deqa4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a command would write over what it reads. */
final class SameFile {
    private SameFile() {}

    /** Whether two names lead to one file; files that are not there are no other's. */
    static boolean is(Path read, Path written) {
        try {
            return Files.exists(written) && Files.exists(read) && Files.isSameFile(read, written);
        } catch (IOException e) {
            return false; // what cannot be looked at will fail with a better message when it is read or written
        }
    }
}
