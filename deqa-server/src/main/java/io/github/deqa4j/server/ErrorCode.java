package io.github.deqa4j.server;

import java.util.Locale;

/** Why a request has no answer: the word that stands in the JSON of an error, and the HTTP status that goes with it. */
enum ErrorCode {
    BAD_REQUEST(400),
    MISSING_IMAGE(400),
    UNREADABLE_IMAGE(400),
    UNAUTHORIZED(401),
    URL_NOT_ALLOWED(403),
    URLS_DISABLED(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    REQUEST_TIMEOUT(408),
    TOO_LARGE(413),
    TOO_MANY_IMAGES(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    DETAIL_UNSUPPORTED(422),
    MAPS_UNSUPPORTED(422),
    UNSCORABLE_IMAGE(422),
    HEADERS_TOO_LARGE(431),
    INTERNAL(500),
    URL_UNAVAILABLE(502),
    BUSY(503),
    STARTING(503),
    STOPPING(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
