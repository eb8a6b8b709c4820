package io.github.deqa4j.hub;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/**
 * Repeats requests that failed for a reason that may pass: the connection broke, or the server answered 408, 429 or 5xx. It waits 1, 2, 4
 * … seconds, or as long as the server asks to ({@code Retry-After}), but not more than two minutes.
 */
final class Retries {
    private static final int MOST_FAILURES = 6;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final HubRepository repository;
    private final boolean token;
    private final Waiting waiting;
    private final HubListener listener;
    private int failures;

    /**
     * Starts to count.
     *
     * @param repository for messages
     * @param token whether a token is sent, for messages
     */
    Retries(HubRepository repository, boolean token, Waiting waiting, HubListener listener) {
        this.repository = repository;
        this.token = token;
        this.waiting = waiting;
        this.listener = listener;
    }

    /** A request. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    /**
     * The result of the first attempt that succeeds.
     *
     * @throws DeqaException as {@link #failed}
     */
    <T> T run(Attempt<T> attempt) {
        while (true) {
            try {
                return attempt.run();
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    /** Something came: only failures in a row count. */
    void succeeded() {
        failures = 0;
    }

    /**
     * Waits before the next attempt.
     *
     * @throws UnreachableException if there were six failures in a row, or the host has no address
     * @throws DeqaException if another attempt would fail as well
     */
    void failed(IOException e) {
        failures++;
        if (e instanceof StatusException refused && !refused.isTemporary()) {
            throw new DeqaException(refused.sentence(repository, token), e);
        }
        if (failures >= MOST_FAILURES || isLasting(e)) {
            throw new UnreachableException(
                    repository + ": the hub cannot be reached (" + reason(e)
                            + "); check the network, or try again later",
                    e);
        }
        Duration pause = pause(e);
        listener.note(repository.name() + ": " + reason(e) + "; trying again in " + pause.toSeconds() + " s");
        waiting.pause(pause);
    }

    private static boolean isLasting(IOException e) {
        boolean unknownHost = causes(e, UnresolvedAddressException.class);
        return unknownHost || causes(e, SSLHandshakeException.class);
    }

    private static boolean causes(Throwable e, Class<? extends Throwable> type) {
        return type.isInstance(e) || (e.getCause() != null && causes(e.getCause(), type));
    }

    private static String reason(IOException e) {
        if (causes(e, UnresolvedAddressException.class)) {
            return "its host has no address";
        }
        return Excerpt.reason(e);
    }

    private Duration pause(IOException e) {
        Duration usual = Duration.ofSeconds(1L << (failures - 1));
        Duration asked = e instanceof StatusException refused
                ? refused.retryAfter().flatMap(this::parse).orElse(usual)
                : usual;
        Duration least = asked.isNegative() ? Duration.ZERO : asked;
        return least.compareTo(LONGEST) > 0 ? LONGEST : least;
    }

    /** A number of seconds, or a date; empty if it is neither. */
    private Optional<Duration> parse(String retryAfter) {
        String text = retryAfter.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(waiting.now(), then));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
