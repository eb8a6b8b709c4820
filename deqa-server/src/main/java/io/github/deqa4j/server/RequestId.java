package io.github.deqa4j.server;

import io.javalin.http.Context;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/** The name of a request, in every answer and in what is logged: the client's own, where it is a sound one. */
final class RequestId {
    private static final String HEADER = "X-Request-Id";
    private static final String ATTRIBUTE = "deqa.request-id";
    private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /** Gives a request its name. */
    static void assign(Context context) {
        String asked = context.header(HEADER);
        String id = asked != null && SOUND.matcher(asked).matches()
                ? asked
                : UUID.randomUUID().toString();
        context.attribute(ATTRIBUTE, id);
        context.header(HEADER, id);
    }

    static String of(Context context) {
        return Objects.requireNonNull(context.attribute(ATTRIBUTE));
    }
}
