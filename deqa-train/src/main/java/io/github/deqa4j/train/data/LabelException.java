package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;

/** A training file lacks labels or conversations, or has unusable ones. They must be generated again. */
public final class LabelException extends DeqaException {
    private static final long serialVersionUID = 1L;

    private final Remedy remedy;

    /** How the labels become usable. */
    public enum Remedy {
        /** They are generated again. */
        GENERATE,
        /** They are generated again so that each sums up to 1. */
        RENORMALIZE
    }

    LabelException(DeqaException problem, Remedy remedy) {
        super(problem.getMessage(), problem);
        this.remedy = remedy;
    }

    /** How the labels become usable. */
    public Remedy remedy() {
        return remedy;
    }
}
