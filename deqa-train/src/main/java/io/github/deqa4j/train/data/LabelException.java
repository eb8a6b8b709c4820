package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;

/** A training file lacks labels or conversations, or has unusable ones. They must be generated again. */
public final class LabelException extends DeqaException {
    private static final long serialVersionUID = 1L;

    LabelException(DeqaException problem) {
        super(problem.getMessage(), problem);
    }
}
