package io.github.deqa4j.server;

import io.github.deqa4j.InvalidSettingException;
import java.time.Duration;

/**
 * How a {@link ScoringServer} works.
 *
 * @param host the address or name to listen on (default 127.0.0.1); {@code 0.0.0.0} for every address of this machine
 * @param port the port to listen on, 1 to 65535 (default 8080), or 0 for any that is free
 * @param limits how large a request may be
 * @param queue how images wait for the network
 * @param stopTime how long a server that is closed waits for the answers to all that it has accepted (default 30 s)
 * @param access who may use it, and what it notes of that
 */
public record ServerSettings(
        String host, int port, RequestLimits limits, QueueSettings queue, Duration stopTime, AccessSettings access) {
    private static final int LAST_PORT = 65_535;
    private static final Duration DEFAULT_STOP_TIME = Duration.ofSeconds(30);

    /** @throws InvalidSettingException if a value cannot be; it names the setting */
    public ServerSettings {
        if (port < 0 || port > LAST_PORT) {
            throw new InvalidSettingException(
                    "port", "port is " + port + "; it must be 1 to " + LAST_PORT + ", or 0 for any that is free");
        }
        if (stopTime.isNegative()) {
            throw new InvalidSettingException(
                    "stop-time", "stopTime is " + stopTime.toSeconds() + " s; it must not be negative");
        }
    }

    public static ServerSettings defaults() {
        return new ServerSettings(
                "127.0.0.1",
                8080,
                RequestLimits.defaults(),
                QueueSettings.defaults(),
                DEFAULT_STOP_TIME,
                AccessSettings.defaults());
    }

    public ServerSettings withHost(String address) {
        return new ServerSettings(address, port, limits, queue, stopTime, access);
    }

    public ServerSettings withPort(int number) {
        return new ServerSettings(host, number, limits, queue, stopTime, access);
    }

    public ServerSettings withLimits(RequestLimits most) {
        return new ServerSettings(host, port, most, queue, stopTime, access);
    }

    public ServerSettings withQueue(QueueSettings settings) {
        return new ServerSettings(host, port, limits, settings, stopTime, access);
    }

    public ServerSettings withStopTime(Duration longest) {
        return new ServerSettings(host, port, limits, queue, longest, access);
    }

    public ServerSettings withAccess(AccessSettings allowed) {
        return new ServerSettings(host, port, limits, queue, stopTime, allowed);
    }
}
