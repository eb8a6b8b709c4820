package io.github.deqa4j.cli;

/** Where rows go. Closed without {@link #finish}, it leaves no half-written output. */
interface RowSink extends AutoCloseable {
    void accept(ScoreRow row);

    /** Whether a picture has its score from an earlier run. */
    default boolean has(String path) {
        return false;
    }

    /** Ends the output after its last row. */
    void finish();

    @Override
    void close();
}
