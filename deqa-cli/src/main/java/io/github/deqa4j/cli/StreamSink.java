package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import java.io.PrintStream;

/** Rows printed as they come; nothing before the first, so that a model that cannot be loaded prints no header. */
final class StreamSink implements RowSink {
    private final PrintStream out;
    private final RowFormat format;
    private int rows;

    StreamSink(PrintStream out, RowFormat format) {
        this.out = out;
        this.format = format;
    }

    @Override
    public void accept(ScoreRow row) {
        out.print((rows > 0 ? format.separator() : format.header()) + format.row(row) + format.end());
        rows++;
        if (out.checkError()) { // flushes, too
            throw new DeqaException("the output was closed or cannot be written to; what follows is not scored");
        }
    }

    @Override
    public int finish() {
        out.print((rows > 0 ? "" : format.header()) + format.footer(rows > 0));
        out.flush();
        return rows;
    }

    @Override
    public String stop() {
        finish();
        return "only the rows above were printed; rows in a file of --output FILE.jsonl could be continued with --resume";
    }

    @Override
    public void close() {
        out.flush();
    }
}
