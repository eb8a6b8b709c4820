package io.github.deqa4j.cli;

/** Where rows go. Closed without {@link #finish}, it leaves no half-written output. */
interface RowSink extends AutoCloseable {
    void accept(ScoreRow row);

    /** Whether an image has a score from an earlier run. */
    default boolean has(String path) {
        return false;
    }

    /**
     * Ends the output after its last row.
     *
     * @return how many rows it has
     */
    int finish();

    /**
     * Ends the output before its last row.
     *
     * @return what is there, and how to go on
     */
    String stop();

    @Override
    void close();
}
