package io.github.deqa4j.server;

import io.github.deqa4j.InvalidSettingException;

/**
 * How a {@link ScoringServer} works.
 *
 * @param host the address or name to listen on; {@code 0.0.0.0} for every address of this machine
 * @param port the port to listen on, 1 to 65535, or 0 for any that is free
 */
public record ServerSettings(String host, int port) {
    private static final int MOST_PORTS = 65_535;

    /** @throws InvalidSettingException if a value cannot be; it names the setting */
    public ServerSettings {
        if (port < 0 || port > MOST_PORTS) {
            throw new InvalidSettingException(
                    "port", "port is " + port + "; it must be 1 to " + MOST_PORTS + ", or 0 for any that is free");
        }
    }

    /** Listens on 127.0.0.1, port 8080. */
    public static ServerSettings defaults() {
        return new ServerSettings("127.0.0.1", 8080);
    }

    public ServerSettings withHost(String address) {
        return new ServerSettings(address, port);
    }

    public ServerSettings withPort(int number) {
        return new ServerSettings(host, number);
    }
}
