package io.github.deqa4j.label;

import io.github.deqa4j.DeqaException;

/** An opinion without a standard deviation where a soft label needs one. A pseudo-std or two-level labels help. */
public final class MissingStdException extends DeqaException {
    private static final long serialVersionUID = 1L;

    MissingStdException(String message) {
        super(message);
    }
}
