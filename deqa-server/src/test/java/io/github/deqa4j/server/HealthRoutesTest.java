package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthRoutesTest {
    @Test
    void aServerThatRunsIsHealthyAndReady() {
        FakeScorer scorer = new FakeScorer();
        try (ScoringServer server =
                ScoringServer.start(() -> scorer, ServerSettings.defaults().withPort(0))) {
            server.awaitReady();
            Client client = new Client(server);
            assertThat(client.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(client.get("/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
            assertThat(scorer.closed()).isFalse();
        }
        assertThat(scorer.closed()).isTrue();
    }
}
