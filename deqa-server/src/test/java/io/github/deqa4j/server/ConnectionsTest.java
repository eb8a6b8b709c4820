package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionsTest {
    private static final AccessSettings PATIENT = AccessSettings.defaults().withIdleTime(Duration.ofHours(1));

    @Test
    void silentConnectionsGiveWayWhenThereAreTooMany() throws IOException {
        try (RunningServer server = RunningServer.with(PATIENT.withConnections(2));
                Socket first = server.connect()) {
            first.getOutputStream().write(bytes("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"));
            assertThat(first.getInputStream().read()).isEqualTo('H');
            try (Socket second = server.connect()) {
                assertThat(second.isConnected()).isTrue();
                assertThat(new String(first.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .endsWith("{\"status\":\"ok\"}");
                assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void theServerStopsWithoutWaitingForSilentConnections() throws IOException {
        ServerSettings settings =
                ServerSettings.defaults().withAccess(PATIENT.withConnections(2)).withStopTime(Duration.ofHours(1));
        RunningServer server = new RunningServer(settings);
        try (Socket first = server.connect();
                Socket second = server.connect()) {
            first.getOutputStream().write(bytes("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"));
            second.getOutputStream().write(bytes("GET /healthz HTTP/1.1\r\nHo"));
            assertThat(first.getInputStream().read()).isEqualTo('H');
            server.close();
            assertThat(second.getInputStream().readAllBytes()).hasSizeLessThan(1000);
        }
    }

    @Test
    void aSilentConnectionEnds() throws IOException {
        try (RunningServer server = RunningServer.with(PATIENT.withIdleTime(Duration.ofMillis(100)));
                Socket silent = server.connect()) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void halfARequestIsNotWaitedForLonger() throws IOException {
        try (RunningServer server = RunningServer.with(PATIENT.withIdleTime(Duration.ofMillis(100)));
                Socket slow = server.connect()) {
            slow.getOutputStream().write(bytes("GET /healthz HTTP/1.1\r\nHo"));
            assertThat(slow.getInputStream().readAllBytes()).hasSizeLessThan(1000);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
