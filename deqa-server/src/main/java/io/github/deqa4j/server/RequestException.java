package io.github.deqa4j.server;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.ScoringException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** A request, or an image of one, that is refused. The message is one sentence for the client. */
final class RequestException extends DeqaException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    RequestException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    private RequestException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }

    /** What a client is told of an image's error; {@link ErrorCode#INTERNAL} with the error as cause if that is none for clients. */
    static RequestException of(String name, Throwable error) {
        Throwable problem = unwrapped(error);
        if (problem instanceof RequestException told) {
            return told;
        }
        if (needsMemory(problem)) {
            return new RequestException(
                    ErrorCode.TOO_LARGE,
                    name + ": the image does not fit into the server's memory; send a smaller one");
        }
        if (problem instanceof TimeoutException) {
            return new RequestException(
                    ErrorCode.REQUEST_TIMEOUT,
                    "the request's body did not arrive in time; send it again, or less at once");
        }
        if (problem instanceof CancellationException) {
            return new RequestException(ErrorCode.BAD_REQUEST, "the client closed the connection");
        }
        return code(problem)
                .map(code -> new RequestException(code, sentence(name, problem)))
                .orElseGet(() -> new RequestException(
                        ErrorCode.INTERNAL, name + ": an error in the server itself; its log tells more", problem));
    }

    private static boolean needsMemory(Throwable problem) {
        return problem instanceof OutOfMemoryError
                || (problem instanceof UnreadableImageException unreadable && unreadable.reason() == Reason.MEMORY);
    }

    private static Optional<ErrorCode> code(Throwable problem) {
        if (problem instanceof UnreadableImageException unreadable) {
            boolean tooLarge = Set.of(Reason.TOO_LARGE, Reason.MEMORY).contains(unreadable.reason());
            return Optional.of(tooLarge ? ErrorCode.TOO_LARGE : ErrorCode.UNREADABLE_IMAGE);
        }
        if (problem instanceof ScorerClosedException) {
            return Optional.of(ErrorCode.STOPPING);
        }
        return problem instanceof ScoringException && !(problem instanceof UnusableModelException)
                ? Optional.of(ErrorCode.UNSCORABLE_IMAGE)
                : Optional.empty();
    }

    /** The network does not know the image's name. */
    private static String sentence(String name, Throwable problem) {
        String message = String.valueOf(problem.getMessage());
        return problem instanceof ScoringException ? name + ": " + message : message;
    }

    private static Throwable unwrapped(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof CompletionException && cause != null ? cause : error;
    }
}
