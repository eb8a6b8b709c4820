package io.github.deqa4j.server;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.file.Excerpt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may use a {@link ScoringServer}, and what it notes of that.
 *
 * @param keyFile API keys, one a line; empty (the default) if everyone who reaches the server may use it. With keys, everything below
 *     {@code /v1} and {@code /metrics} needs one. The file is read again when it changes
 * @param origins web sites whose pages may read the answers in a browser (CORS), such as {@code https://example.org}, or {@code *} for
 *     all; none by default. The server's own page needs no entry
 * @param urls from where images may be fetched; empty (the default) if requests cannot name URLs
 * @param log what is noted of each request (default nothing)
 * @param connections the most connections at once, from 1 to 1,000,000 (default 4096); others wait until one ends
 * @param idleTime how long a connection may be silent while no request waits for its answer, from 1 ms to an hour (default 30 s)
 */
public record AccessSettings(
        Optional<Path> keyFile,
        List<String> origins,
        Optional<UrlSettings> urls,
        RequestLogFormat log,
        int connections,
        Duration idleTime) {
    private static final String ALL = "*";
    private static final Pattern ORIGIN = Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");
    private static final int DEFAULT_CONNECTIONS = 4096;
    private static final Duration DEFAULT_IDLE_TIME = Duration.ofSeconds(30);
    private static final Duration LONGEST_IDLE_TIME = Duration.ofHours(1);
    private static final int MOST_CONNECTIONS = 1_000_000;

    /** @throws InvalidSettingException if an origin is none, or a value is out of its range */
    public AccessSettings {
        origins = List.copyOf(origins);
        origins.forEach(AccessSettings::checkOrigin);
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new InvalidSettingException(
                    "connections", "connections is " + connections + "; it must be from 1 to " + MOST_CONNECTIONS);
        }
        if (idleTime.compareTo(Duration.ofMillis(1)) < 0 || idleTime.compareTo(LONGEST_IDLE_TIME) > 0) {
            throw new InvalidSettingException(
                    "idle-time", "idleTime is " + idleTime.toMillis() + " ms; it must be from 1 to 3600000 ms");
        }
    }

    /** Everyone who reaches the server may use it, from no other site's pages, and without URLs. */
    public static AccessSettings defaults() {
        return new AccessSettings(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                RequestLogFormat.NONE,
                DEFAULT_CONNECTIONS,
                DEFAULT_IDLE_TIME);
    }

    public AccessSettings withKeyFile(Path file) {
        return new AccessSettings(Optional.of(file), origins, urls, log, connections, idleTime);
    }

    public AccessSettings withOrigins(List<String> sites) {
        return new AccessSettings(keyFile, sites, urls, log, connections, idleTime);
    }

    public AccessSettings withUrls(UrlSettings fetched) {
        return new AccessSettings(keyFile, origins, Optional.of(fetched), log, connections, idleTime);
    }

    public AccessSettings withLog(RequestLogFormat format) {
        return new AccessSettings(keyFile, origins, urls, format, connections, idleTime);
    }

    public AccessSettings withConnections(int most) {
        return new AccessSettings(keyFile, origins, urls, log, most, idleTime);
    }

    public AccessSettings withIdleTime(Duration longest) {
        return new AccessSettings(keyFile, origins, urls, log, connections, longest);
    }

    /** Whether pages of a site may read the answers. */
    boolean allowsOrigin(String origin) {
        return origins.contains(ALL) || origins.contains(origin);
    }

    private static void checkOrigin(String origin) {
        if (!origin.equals(ALL) && !ORIGIN.matcher(origin).matches()) {
            throw new InvalidSettingException(
                    "cors-origin",
                    "origin " + Excerpt.quoted(origin)
                            + "; write scheme, host and port as browsers do, such as https://example.org, or * for all");
        }
    }
}
