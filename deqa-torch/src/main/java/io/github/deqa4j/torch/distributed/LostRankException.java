package io.github.deqa4j.torch.distributed;

import io.github.deqa4j.DeqaException;

/** Another rank of the process group has ended, so that collective operations are no longer possible. */
public final class LostRankException extends DeqaException {
    private static final long serialVersionUID = 1L;

    LostRankException(String message, Throwable cause) {
        super(message, cause);
    }
}
