package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.View;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that ask how an image looks at its own scale. */
class ViewParameterTest {
    private static final String BYTES = "application/octet-stream";
    private static final String JSON = "application/json";

    private final TileScorer scorer = new TileScorer();
    private final ScoringServer server =
            ScoringServer.start(() -> scorer, ServerSettings.defaults().withPort(0));
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> post(String path, String body) {
        server.awaitReady();
        return client.post(path, BYTES, body);
    }

    @Test
    void theFieldsAreThoseOfRowsInTheirOrder() {
        QualityScore whole = FakeScorer.scoreOf('x');
        QualityScore mean = TileScorer.detailOf('x').quality();
        String answer = post("/v1/score?view=both", "x").body();

        assertThat(answer.replaceFirst("\"ms\":[0-9.]+", "\"ms\":0"))
                .isEqualTo("{\"score\":" + whole.score() + ",\"range\":[1.0,5.0],\"std\":" + whole.std()
                        + ",\"score_interval\":[1.5,3.25],\"unfamiliar\":true,\"unfamiliarity\":1.25"
                        + ",\"faults\":[{\"kind\":\"block-loss\",\"strength\":0.75},{\"kind\":\"blur\",\"strength\":0.25}]"
                        + ",\"probabilities\":" + probabilities(answer)
                        + ",\"view\":\"both\",\"detail\":{\"score\":" + mean.score() + ",\"std\":" + mean.std()
                        + ",\"worst\":{\"score\":" + FakeScorer.scoreOf('o').score()
                        + ",\"x\":488,\"y\":100,\"width\":512,\"height\":510},\"tiles\":2,\"places\":6,\"flat\":1}"
                        + ",\"width\":1,\"height\":1,\"ms\":0,\"model\":\""
                        + scorer.model().identity(View.BOTH, DetailSettings.defaults()) + "\"}");
        assertThat(scorer.model().identity(View.BOTH, DetailSettings.defaults()))
                .contains(" view=both:");
    }

    private static String probabilities(String answer) {
        int start = answer.indexOf("{\"excellent\"");
        return answer.substring(start, answer.indexOf('}', start) + 1);
    }

    @Test
    void theScoreOfDetailIsThatOfItsTilesAndHasNeitherIntervalNorFaults() {
        JsonNode answer = Client.json(post("/v1/score?view=detail", "x"));

        assertThat(answer.at("/view").asText()).isEqualTo("detail");
        assertThat(answer.at("/score").asDouble())
                .isEqualTo(TileScorer.detailOf('x').quality().score());
        assertThat(answer.at("/score")).isEqualTo(answer.at("/detail/score"));
        assertThat(answer.has("score_interval")).isFalse();
        assertThat(answer.has("faults")).isFalse();
        assertThat(answer.at("/model").asText())
                .isEqualTo(scorer.model().identity(View.DETAIL, DetailSettings.defaults()));
    }

    @Test
    void theViewOfTheWholeIsTheOneThatIsNotNamed() {
        JsonNode answer = Client.json(post("/v1/score?view=whole", "x"));

        assertThat(answer.fieldNames())
                .toIterable()
                .containsExactly(
                        "score",
                        "range",
                        "std",
                        "score_interval",
                        "unfamiliar",
                        "unfamiliarity",
                        "faults",
                        "probabilities",
                        "width",
                        "height",
                        "ms",
                        "model");
        assertThat(answer.at("/model").asText()).isEqualTo(scorer.model().identity());
        assertThat(scorer.details).isEmpty();
    }

    @Test
    void eachImageOfAFormHasItsDetailOrItsError() {
        server.awaitReady();
        JsonNode answer = Client.json(client.postFiles("/v1/score?view=both", "xdy"));

        assertThat(answer.at("/model").asText())
                .isEqualTo(scorer.model().identity(View.BOTH, DetailSettings.defaults()));
        assertThat(answer.at("/results/0/detail/places").asInt()).isEqualTo(6);
        assertThat(answer.at("/results/0/view").asText()).isEqualTo("both");
        assertThat(answer.at("/results/1/error/code").asText()).isEqualTo("unscorable_image");
        assertThat(answer.at("/results/2/detail/score").asDouble())
                .isEqualTo(TileScorer.detailOf('y').quality().score());
    }

    @ParameterizedTest
    @CsvSource({
        "view=tiles, 'view is \"tiles\"; it must be whole, detail or both'",
        "view=, 'view is \"\"; it must be whole, detail or both'",
        "view, 'view is \"\"; it must be whole, detail or both'",
        "view=%00both, 'view is \"\uFFFDboth\"; it must be whole, detail or both'",
        "view=both&view=whole, the request has view more than once; send it once",
        "view=both&tiles=64, 'the query has \"tiles\", which is not known here; leave it out'",
        "veiw=both, 'the query has \"veiw\", which is not known here; leave it out'"
    })
    void anotherViewIsRefusedByName(String query, String message) {
        HttpResponse<String> answer = post("/v1/score?" + query, "x");

        assertThat(Client.error(answer)).isEqualTo("400 bad_request");
        assertThat(Client.json(answer).at("/error/message").asText()).isEqualTo(message);
        assertThat(scorer.details).isEmpty();
    }

    @Test
    void aModelWithoutDetailRefusesIt() {
        try (RunningServer other = RunningServer.with(AccessSettings.defaults())) {
            HttpResponse<String> answer = other.send(other.request("/v1/score?view=detail", "Content-Type", BYTES)
                    .POST(BodyPublishers.ofString("x")));
            assertThat(Client.error(answer)).isEqualTo("422 detail_unsupported");
            assertThat(Client.json(answer).at("/error/message").asText())
                    .isEqualTo(
                            "this server's model scores images only as a whole and cannot look at them at 100 %; leave"
                                    + " view out or set it to whole");
            assertThat(other.get("/v1/models").body())
                    .contains("\"detail\":false,\"score_interval\":false,\"faults\":false");
        }
    }

    @Test
    void aModelTellsWhetherItHasDetailIntervalsAndFaults() {
        server.awaitReady();
        assertThat(client.get("/v1/models").body()).contains("\"detail\":true,\"score_interval\":true,\"faults\":true");
    }

    @Test
    void aRewardIsTheScoreOfTheWhole() {
        server.awaitReady();
        String body = "{\"images\":[\"eA==\"],\"range\":\"1-5\"}";
        String rewards = "{\"rewards\":[" + FakeScorer.scoreOf('x').score() + "],\"range\":\"1-5\"}";

        assertThat(client.post("/v1/reward", JSON, body).body()).isEqualTo(rewards);
        assertThat(client.post("/v1/reward?view=whole", JSON, body).body()).isEqualTo(rewards);
        HttpResponse<String> refused = client.post("/v1/reward?view=both", JSON, body);
        assertThat(Client.error(refused)).isEqualTo("400 bad_request");
        assertThat(Client.json(refused).at("/error/message").asText())
                .isEqualTo("a reward is the score of the whole image; leave view out or set it to whole");
    }
}
