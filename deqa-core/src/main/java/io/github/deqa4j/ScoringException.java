package io.github.deqa4j;

/** An image that was read, and for which the network gives no score. Other images may have one. */
public class ScoringException extends DeqaException {
    private static final long serialVersionUID = 1L;

    public ScoringException(String message) {
        super(message);
    }

    public ScoringException(String message, Throwable cause) {
        super(message, cause);
    }
}
