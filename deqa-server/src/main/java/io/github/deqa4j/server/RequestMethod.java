package io.github.deqa4j.server;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Set;

/** The method of a request: that of its first line, and no other. */
final class RequestMethod {
    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private RequestMethod() {}

    /** @throws RequestException if a header names another method, which Javalin would take for the request's own */
    static void refuseOverride(Context context) {
        if (context.header(Header.X_HTTP_METHOD_OVERRIDE) != null) {
            throw new RequestException(
                    ErrorCode.BAD_REQUEST,
                    "the header " + Header.X_HTTP_METHOD_OVERRIDE
                            + " is not supported; send the method in the first line of the request");
        }
    }

    /** The method, or {@code other}: clients cannot make up names that the metrics then count for ever. */
    static String known(Context context) {
        String method = context.req().getMethod();
        return KNOWN.contains(method) ? method : "other";
    }
}
