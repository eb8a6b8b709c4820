package io.github.deqa4j;

/** A scorer that was asked for a score after it was closed. */
public class ScorerClosedException extends DeqaException {
    private static final long serialVersionUID = 1L;

    public ScorerClosedException(String message) {
        super(message);
    }
}
