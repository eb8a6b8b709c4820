package io.github.deqa4j;

/** A model that cannot be opened: a file is missing or malformed, a tensor is missing or unknown, or memory does not suffice. */
public class ModelLoadException extends DeqaException {
    private static final long serialVersionUID = 1L;

    public ModelLoadException(String message) {
        super(message);
    }

    public ModelLoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
