package io.github.deqa4j.hub;

import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;

/** An answer of a server other than success or redirection. */
final class StatusException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TIMEOUT = 408;
    private static final int RANGE = 416;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    private final int status;
    private final String code;
    private final String retryAfter;
    private final boolean ofHub;

    /**
     * The answer as an error.
     *
     * @param ofHub whether the hub itself gave it, rather than a server that it redirects to
     */
    StatusException(HttpResponse<?> response, boolean ofHub) {
        super("the server " + response.uri().getHost() + " answers " + response.statusCode());
        this.status = response.statusCode();
        this.code = response.headers().firstValue("X-Error-Code").orElse("");
        this.retryAfter = response.headers().firstValue("Retry-After").orElse("");
        this.ofHub = ofHub;
    }

    /** Whether the same request may succeed later. The address that the hub redirects to may have expired; the next differs. */
    boolean isTemporary() {
        return status == TIMEOUT
                || status == RANGE
                || status == TOO_MANY
                || status >= SERVER
                || (!ofHub && (status == UNAUTHORIZED || status == FORBIDDEN));
    }

    /** Whether the server does not have the part of the file that was asked for. */
    boolean isWrongRange() {
        return status == RANGE;
    }

    /** When to ask again, as the server says it. */
    Optional<String> retryAfter() {
        return Optional.of(retryAfter).filter(text -> !text.isBlank());
    }

    /**
     * What it means, in one sentence.
     *
     * @param token whether a token was sent
     */
    String sentence(HubRepository repository, boolean token) {
        if (code.equals("RevisionNotFound")) {
            return repository.name() + ": the hub has no revision " + Excerpt.quoted(repository.revision())
                    + " of it; name a branch, a tag or a commit";
        }
        if (code.equals("EntryNotFound")) {
            return repository + ": a file that the hub lists is not there (404); try again";
        }
        if (code.equals("GatedRepo") || status == FORBIDDEN) {
            return repository.name() + ": the hub does not give access to this repository (" + status
                    + "); ask for access on its page, and set a token of that account";
        }
        if (status == UNAUTHORIZED || status == NOT_FOUND) {
            return repository.name() + ": the hub has no such repository, or it is private and "
                    + (token ? "the token does not open it" : "no token is set") + " (" + status
                    + "); check the name, or set a token that may read it";
        }
        return repository + ": " + getMessage() + "; try again later";
    }
}
