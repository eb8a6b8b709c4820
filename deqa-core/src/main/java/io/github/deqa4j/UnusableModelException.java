package io.github.deqa4j;

/** A model that loads but gives no score for any image, since its weights are not finite numbers. */
public class UnusableModelException extends ScoringException {
    private static final long serialVersionUID = 1L;

    public UnusableModelException(String message) {
        super(message);
    }
}
