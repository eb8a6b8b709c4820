package io.github.deqa4j.train.checkpoint;

import io.github.deqa4j.DeqaException;

/** A run cannot go on now, or not anew. Its output directory holds a checkpoint from which it can be resumed. */
public final class ResumableException extends DeqaException {
    private static final long serialVersionUID = 1L;

    public ResumableException(String message) {
        super(message);
    }

    public ResumableException(String message, Throwable cause) {
        super(message, cause);
    }
}
