package io.github.deqa4j.cli;

import io.github.deqa4j.file.AtomicFile;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Rows in a file that appears when all are there. */
final class FileSink implements RowSink {
    private final AtomicFile file;
    private final StreamSink rows;

    FileSink(Path target, RowFormat format) {
        file = new AtomicFile(target);
        rows = new StreamSink(new PrintStream(file.stream(), false, StandardCharsets.UTF_8), format);
    }

    @Override
    public void accept(ScoreRow row) {
        rows.accept(row);
    }

    @Override
    public int finish() {
        int written = rows.finish();
        file.commit();
        return written;
    }

    @Override
    public String stop() {
        return "nothing was written; a file of --output FILE.jsonl could be continued with --resume";
    }

    @Override
    public void close() {
        file.close();
    }
}
