package io.github.deqa4j.cli;

import java.util.OptionalDouble;

/** Where rows go. Closed without {@link #finish}, it leaves no half-written output. */
interface RowSink extends AutoCloseable {
    void accept(ScoreRow row);

    /** The score that a picture has from an earlier run. */
    default OptionalDouble earlier(String path) {
        return OptionalDouble.empty();
    }

    /** Ends the output after its last row. */
    void finish();

    @Override
    void close();
}
