package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.score.ModelInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelRoutesTest {
    /** Clients need not know how the server's disk is laid out. */
    @ParameterizedTest
    @CsvSource({
        "/srv/models/DeQA-Score, DeQA-Score",
        "/srv/models/DeQA-Score/, DeQA-Score",
        "C:\\models\\DeQA-Score, DeQA-Score",
        "models/mini, mini",
        "deqa-compact, deqa-compact",
        "/, model"
    })
    void aModelIsNamedWithoutItsPlace(String place, String name) {
        assertThat(ModelRoutes.lastPart(place)).isEqualTo(name);
    }

    @Test
    void thePlaceIsNotInTheAnswer() {
        FakeScorer scorer = new FakeScorer() {
            @Override
            public ModelInfo model() {
                return new ModelInfo("/srv/secret/mini", "fake", "0".repeat(64), "float32", "none", false, "1");
            }
        };
        try (RunningServer server = new RunningServer(() -> scorer, ServerSettings.defaults(), ImageFetcher::new)) {
            String answer = server.get("/v1/models").body();
            assertThat(answer).contains("\"name\":\"mini\"").doesNotContain("secret");
        }
    }

    @Test
    void whatAModelTellsOfScoresIsNamedOneByOne() {
        FakeScorer scorer = new FakeScorer() {
            @Override
            public boolean namesFaults() {
                return true;
            }
        };
        try (RunningServer server = new RunningServer(() -> scorer, ServerSettings.defaults(), ImageFetcher::new)) {
            assertThat(server.get("/v1/models").body()).contains("\"score_interval\":false,\"faults\":true");
        }
    }
}
