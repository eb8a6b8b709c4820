package io.github.deqa4j.torch.distributed;

import io.github.deqa4j.DeqaException;

/** Another rank is no longer there, so that nothing can be added up any more. */
public final class LostRankException extends DeqaException {
    private static final long serialVersionUID = 1L;

    LostRankException(String message, Throwable cause) {
        super(message, cause);
    }
}
