package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Images that a request names by their URLs. */
class ScoreUrlsTest {
    private static final AccessSettings DEFAULTS = AccessSettings.defaults();

    @Test
    void imagesAreFetchedAndScoredInTheOrderOfTheirUrls() throws IOException {
        HttpServer images = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (String letter : List.of("x", "y", "u")) {
            images.createContext("/" + letter, exchange -> {
                exchange.sendResponseHeaders(200, 1);
                exchange.getResponseBody().write(letter.charAt(0));
                exchange.close();
            });
        }
        images.start();
        int port = images.getAddress().getPort();
        String site = "http://images.test:" + port + "/";
        UrlSettings urls =
                UrlSettings.of(List.of("images.test")).withPlainHttp().withPorts(Set.of(port));
        try (RunningServer server = new RunningServer(
                TileScorer::new,
                ServerSettings.defaults().withAccess(DEFAULTS.withUrls(urls)),
                settings -> new ImageFetcher(
                        settings,
                        host -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                        InetAddress::isLoopbackAddress))) {
            JsonNode answer = Client.json(post(
                    server,
                    "{\"urls\":[\"" + site + "y\",\"" + site + "none\",\"" + site + "u\",\"https://evil.test/\",\""
                            + site + "x\"]}"));
            JsonNode results = answer.get("results");
            assertThat(results).hasSize(5);
            assertThat(results.get(0).get("name").asText()).isEqualTo(site + "y");
            assertThat(results.get(0).get("score").asDouble())
                    .isEqualTo(FakeScorer.scoreOf('y').score());
            assertThat(results.get(1).at("/error/code").asText()).isEqualTo("url_unavailable");
            assertThat(results.get(2).at("/error/code").asText()).isEqualTo("unreadable_image");
            assertThat(results.get(3).at("/error/code").asText()).isEqualTo("url_not_allowed");
            assertThat(results.get(4).get("score").asDouble())
                    .isEqualTo(FakeScorer.scoreOf('x').score());
            JsonNode none = Client.json(post(server, "{\"urls\":[\"https://evil.test/\"]}"));
            assertThat(none.at("/results/0/error/code").asText()).isEqualTo("url_not_allowed");
            JsonNode detail = Client.json(post(server, "/v1/score?view=detail", "{\"urls\":[\"" + site + "x\"]}"));
            assertThat(detail.at("/results/0/detail/score").asDouble())
                    .isEqualTo(TileScorer.detailOf('x').quality().score());
        } finally {
            images.stop(0);
        }
    }

    @Test
    void urlsAreRefusedUnlessTheyAreAllowed() {
        try (RunningServer server = RunningServer.with(DEFAULTS)) {
            assertThat(Client.error(post(server, "{\"urls\":[\"https://example.org/\"]}")))
                    .isEqualTo("403 urls_disabled");
        }
    }

    @Test
    void aServerDoesNotFetchFromItself() {
        try (RunningServer server = RunningServer.with(
                DEFAULTS.withUrls(UrlSettings.of(List.of("*")).withPlainHttp()))) {
            JsonNode answer = Client.json(post(server, "{\"urls\":[\"http://localhost/\",\"http://[::1]/\"]}"));
            assertThat(answer.at("/results/0/error/code").asText()).isEqualTo("url_not_allowed");
            assertThat(answer.at("/results/1/error/code").asText()).isEqualTo("url_not_allowed");
        }
    }

    @Test
    void aBodyOfUrlsIsAListOfTextsNoLongerThanThatOfImages() {
        String many = "\"https://example.org/\",".repeat(64) + "\"https://example.org/\"";
        try (RunningServer server = RunningServer.with(DEFAULTS.withUrls(UrlSettings.of(List.of("example.org"))))) {
            for (String body : List.of(
                    "{}",
                    "[]",
                    "{\"urls\":[]}",
                    "{\"urls\":\"https://example.org/\"}",
                    "{\"urls\":[1]}",
                    "{\"urls\":[\"https://example.org/\"],\"x\":1}",
                    "{\"urls\":")) {
                assertThat(Client.error(post(server, body))).as(body).isEqualTo("400 bad_request");
            }
            assertThat(Client.error(post(server, "{\"urls\":[" + many + "]}"))).isEqualTo("413 too_many_images");
        }
    }

    private static HttpResponse<String> post(RunningServer server, String body) {
        return post(server, "/v1/score", body);
    }

    private static HttpResponse<String> post(RunningServer server, String path, String body) {
        return server.send(
                server.request(path, "Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }
}
