package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;

/** A loss or a gradient that is not a finite number. */
final class NonFiniteException extends DeqaException {
    private static final long serialVersionUID = 1L;

    NonFiniteException(String what) {
        super(what);
    }
}
