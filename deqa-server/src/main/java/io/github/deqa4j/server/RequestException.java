package io.github.deqa4j.server;

import io.github.deqa4j.DeqaException;

/** A request, or an image of one, that is refused. The message is one sentence for the client. */
final class RequestException extends DeqaException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    RequestException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }
}
