package io.github.deqa4j.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a command reads from and prints to.
 *
 * @param in standard input
 * @param out standard output, in UTF-8
 * @param err standard error, in UTF-8; what is printed as a line there stays one
 * @param outIsScreen whether a person looks at {@code out}
 * @param errIsScreen whether a person looks at {@code err}
 * @param columns characters in a line of the screen, at least 55; a screen that says 0 does not know its size and gets 80
 */
record Terminal(
        InputStream in, PrintStream out, PrintStream err, boolean outIsScreen, boolean errIsScreen, int columns) {
    static final int STANDARD_COLUMNS = 80;
    private static final int LEAST_COLUMNS = 55; // picocli prints no help in less

    Terminal {
        err = new LineStream(err);
        columns = columns == 0 ? STANDARD_COLUMNS : Math.max(LEAST_COLUMNS, columns);
    }
}
