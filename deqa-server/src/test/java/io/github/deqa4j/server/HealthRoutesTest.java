package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HealthRoutesTest {
    @Test
    void aServerThatRunsIsHealthyAndReady() throws IOException, InterruptedException {
        FakeScorer scorer = new FakeScorer();
        try (ScoringServer server =
                ScoringServer.start(() -> scorer, ServerSettings.defaults().withPort(0))) {
            assertThat(get(server, "/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(get(server, "/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
            assertThat(get(server, "/nothing").body()).startsWith("{\"error\":{\"code\":\"not_found\"");
            assertThat(scorer.closed).isFalse();
        }
        assertThat(scorer.closed).isTrue();
    }

    private static HttpResponse<String> get(ScoringServer server, String path)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
