package io.github.deqa4j;

/** An argument that cannot be: probabilities that do not sum to one, an image without pixels, a NaN. */
public class InvalidInputException extends DeqaException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }
}
