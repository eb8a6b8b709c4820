package io.github.deqa4j.server;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;

/** What connections may do before a request exists: how many there are, how long they are silent, how long headers are. */
final class Connections {
    private static final int HEADER_BYTES = 8 << 10;

    /** When there are as many connections as allowed, silent ones end this soon, so that others get a turn. */
    private static final long IDLE_MS_WHEN_FULL = TimeUnit.SECONDS.toMillis(1);

    private Connections() {}

    static void limit(Server server, int connections) {
        NetworkConnectionLimit limit = new NetworkConnectionLimit(connections, server);
        limit.setEndPointIdleTimeout(IDLE_MS_WHEN_FULL);
        server.addBean(limit);
        server.setErrorHandler(new ProtocolErrors());
    }

    static void limit(HttpConfiguration configuration) {
        configuration.setRequestHeaderSize(HEADER_BYTES);
        configuration.setSendServerVersion(false);
        configuration.setHttpCompliance(HttpCompliance.RFC9110);
        configuration.setUriCompliance(UriCompliance.RFC3986);
    }
}
