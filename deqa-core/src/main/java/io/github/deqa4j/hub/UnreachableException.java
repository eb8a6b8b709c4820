package io.github.deqa4j.hub;

import io.github.deqa4j.DeqaException;

/** The hub cannot be reached, or it is out of order. What the cache has may serve. */
final class UnreachableException extends DeqaException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
