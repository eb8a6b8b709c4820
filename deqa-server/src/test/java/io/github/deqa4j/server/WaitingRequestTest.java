package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that wait while the server ends silent connections, or itself. */
@Timeout(60)
class WaitingRequestTest {
    private final FakeScorer scorer = new FakeScorer();

    private RunningServer start(ServerSettings settings) {
        RunningServer server = new RunningServer(() -> scorer, settings, ImageFetcher::new);
        scorer.blocked().arrivals.drainPermits();
        return server;
    }

    @Test
    void aConnectionThatWaitsForItsAnswerIsNotSilent() throws IOException {
        AccessSettings impatient = AccessSettings.defaults().withIdleTime(Duration.ofMillis(100));
        try (RunningServer server = start(ServerSettings.defaults().withAccess(impatient))) {
            CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(
                    () -> server.send(server.request("/v1/score").POST(BodyPublishers.ofString("x"))));
            scorer.arrivals.acquireUninterruptibly();
            for (int i = 0; i < 3; i++) {
                try (Socket silent = server.connect()) {
                    assertThat(silent.getInputStream().read()).isEqualTo(-1); // the idle time has passed
                }
            }
            scorer.permits.release();
            assertThat(waiting.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatIsNotThereDoesNotDelayTheEnd() throws IOException {
        RunningServer server = start(ServerSettings.defaults());
        try (Socket socket = server.connect()) {
            socket.getOutputStream()
                    .write("POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] leave = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            assertThat(socket.getInputStream().readNBytes(leave.length)).isEqualTo(leave);
            server.close();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("\"code\":\"stopping\"");
        }
    }
}
