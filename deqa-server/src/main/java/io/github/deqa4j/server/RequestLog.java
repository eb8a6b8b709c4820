package io.github.deqa4j.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.file.Excerpt;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each request, on the logger {@code io.github.deqa4j.server.requests}. Keys, query strings and names of images are not in it.
 */
final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.deqa4j.server.requests");
    private static final String IMAGES = "deqa.images";

    private final RequestLogFormat format;
    private final Clock clock;
    private final Consumer<String> lines;

    RequestLog(RequestLogFormat format) {
        this(format, Clock.systemUTC(), LOG::info);
    }

    RequestLog(RequestLogFormat format, Clock clock, Consumer<String> lines) {
        this.format = format;
        this.clock = clock;
        this.lines = lines;
    }

    /** Notes how many images a request has, for its line. */
    static void images(Context context, int count) {
        context.attribute(IMAGES, count);
    }

    /**
     * Writes the line of a request that has been answered.
     *
     * @param ms how long that took
     */
    void answered(Context context, float ms) {
        switch (format) {
            case NONE -> {}
            case TEXT -> lines.accept(text(context, ms));
            case JSON -> lines.accept(json(context, ms));
        }
    }

    private String text(Context context, float ms) {
        return String.format(
                Locale.ROOT,
                "%s %s %s %s %d %.1f ms %d bytes %d images",
                time(),
                RequestId.of(context),
                method(context),
                path(context),
                context.statusCode(),
                ms,
                bytes(context),
                images(context));
    }

    private String json(Context context, float ms) {
        ObjectNode line = Json.object();
        line.put("time", time());
        line.put("id", RequestId.of(context));
        line.put("method", method(context));
        line.put("path", path(context));
        line.put("status", context.statusCode());
        line.put("ms", ms);
        line.put("bytes", bytes(context));
        line.put("images", images(context));
        return line.toString();
    }

    private String time() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String method(Context context) {
        return Excerpt.of(context.req().getMethod());
    }

    /** On one line, without characters that a terminal would obey. */
    private static String path(Context context) {
        return Excerpt.of(context.path());
    }

    /** Of the body, as announced; 0 if it was not. */
    private static long bytes(Context context) {
        return Math.max(0, context.req().getContentLengthLong());
    }

    private static int images(Context context) {
        Integer count = context.attribute(IMAGES);
        return Objects.requireNonNullElse(count, 0);
    }
}
