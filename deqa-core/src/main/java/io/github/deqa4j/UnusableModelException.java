package io.github.deqa4j;

/** A model that loads but cannot be used: what it answers is no answer, whatever it is asked. Its next answer would be none either. */
public class UnusableModelException extends DeqaException {
    private static final long serialVersionUID = 1L;

    public UnusableModelException(String message) {
        super(message);
    }
}
