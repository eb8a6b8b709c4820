package io.github.deqa4j;

import java.util.Objects;

/**
 * Root of the errors that deqa4j raises on purpose. The message is one sentence that a user can act on: it names the
 * file, the field or offset, the value found, and what to do. A command line prints it as it is.
 */
public class DeqaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeqaException(String message) {
        super(message);
    }

    public DeqaException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The sentence. */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}
