package io.github.deqa4j.server;

import java.util.Locale;

/** How the log tells of each request. */
public enum RequestLogFormat {
    /** Not at all. */
    NONE,
    /** A line for people. */
    TEXT,
    /** A line of JSON. */
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
