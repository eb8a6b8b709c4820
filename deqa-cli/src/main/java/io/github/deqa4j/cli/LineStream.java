package io.github.deqa4j.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard error: what is printed as a line is one, whatever the names in it hold. */
final class LineStream extends PrintStream {
    LineStream(PrintStream out) {
        super(out, false, StandardCharsets.UTF_8);
    }

    @Override
    public void println(String message) {
        super.println(Printable.line(message));
    }
}
