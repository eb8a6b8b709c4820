package io.github.deqa4j.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Keeps what different models, precisions, prompts, views and versions say out of one file. */
final class SameModel {
    private SameModel() {}

    /**
     * Checks a row that an earlier run wrote.
     *
     * @param file the file to continue
     * @param row what the row is about
     * @param identity what its field "model" says; empty if it has none
     * @param now what the rows of this run have in common
     * @throws CommandException with the status of wrong usage, if they differ
     */
    static void require(Path file, String row, Optional<String> identity, RowIdentity now) {
        if (identity.isEmpty()) {
            throw CommandException.usage(
                    file + ": its row \"" + row + "\" does not say which model it is of, since an older"
                            + " version wrote it; name another file with --output");
        }
        now.difference(identity.get()).ifPresent(difference -> {
            throw CommandException.usage(file + ": its row \"" + row + "\" has " + difference
                    + "; run it with the same again, or name another file with --output");
        });
    }
}
