package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.QualityScore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ScoringServerTest {
    private static final String BYTES = "application/octet-stream";
    private static final String JSON = "application/json";

    private final FakeScorer scorer = new FakeScorer();
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final List<ScoringServer> opened = new ArrayList<>();

    private ScoringServer start(UnaryOperator<ServerSettings> change) {
        ScoringServer server = ScoringServer.start(
                () -> scorer, change.apply(ServerSettings.defaults().withPort(0)));
        opened.add(server);
        server.awaitReady();
        scorer.arrivals.drainPermits();
        scorer.batches.clear();
        return server;
    }

    private Client client() {
        return new Client(start(settings -> settings));
    }

    @AfterEach
    void close() {
        scorer.permits.release(10_000);
        opened.forEach(ScoringServer::close);
        clients.shutdownNow();
    }

    @Test
    void scoresOneImage() {
        HttpResponse<String> response = client().post("/v1/score", BYTES, "x");
        JsonNode answer = Client.json(response);
        QualityScore expected = FakeScorer.scoreOf('x');

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(JSON);
        assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(answer.at("/score").asDouble()).isEqualTo(expected.score());
        assertThat(answer.at("/std").asDouble()).isEqualTo(expected.std());
        Level.ALL.forEach(
                level -> assertThat(answer.at("/probabilities/" + level.word()).asDouble())
                        .isEqualTo(expected.probabilities().get(level)));
        assertThat(answer.at("/range")).hasToString("[1.0,5.0]");
        assertThat(answer.at("/width").asInt()).isEqualTo(1);
        assertThat(answer.at("/height").asInt()).isEqualTo(1);
        assertThat(answer.at("/ms").asDouble()).isPositive();
        assertThat(answer.at("/model").asText()).isEqualTo(scorer.model().identity());
    }

    @Test
    void takesAnImageByAnyTypeOfImagesAndWithout() {
        Client client = client();
        assertThat(client.post("/v1/score", "image/jpeg", "x").statusCode()).isEqualTo(200);
        assertThat(client.post("/v1/score", "", "x").statusCode()).isEqualTo(200);
        assertThat(Client.error(client.post("/v1/score", "text/html", "x"))).isEqualTo("415 unsupported_media_type");
    }

    @Test
    void anErrorTellsItsCodeAndOneSentenceAndTheRequest() {
        Client client = client();
        HttpResponse<String> response = client.send(client.request("/v1/score")
                .header("X-Request-Id", "mine-1")
                .POST(BodyPublishers.ofString("u"))
                .build());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"error\":{\"code\":\"unreadable_image\",\"message\":\"image: no known format\","
                        + "\"request_id\":\"mine-1\"}}");
        assertThat(Client.error(client.post("/v1/score", BYTES, ""))).isEqualTo("400 missing_image");
        assertThat(Client.error(client.post("/v1/score", BYTES, "n"))).isEqualTo("422 unscorable_image");
        assertThat(Client.error(client.post("/v1/score", BYTES, "m"))).isEqualTo("413 too_large");
        assertThat(Client.error(client.post("/v1/score", BYTES, "M"))).isEqualTo("413 too_large");
        assertThat(Client.error(client.post("/v1/score", JSON, "{}"))).isEqualTo("403 urls_disabled");
        assertThat(Client.error(client.post("/v1/heatmap", BYTES, "x"))).isEqualTo("422 maps_unsupported");
        assertThat(Client.error(client.get("/v1/score"))).isEqualTo("405 method_not_allowed");
        assertThat(Client.error(client.get("/v1/nothing"))).isEqualTo("404 not_found");
    }

    @Test
    void anErrorOfTheServerItselfHasNoStackTrace() {
        HttpResponse<String> response = client().post("/v1/score", BYTES, "b");

        assertThat(Client.error(response)).isEqualTo("500 internal");
        assertThat(response.body()).doesNotContain("a bug").doesNotContain("Exception");
    }

    @Test
    void scoresTheFilesOfAForm() {
        HttpResponse<String> response = client().postFiles("/v1/score", "xuy");
        JsonNode results = Client.json(response).at("/results");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(results.findValuesAsText("name")).containsExactly("0.png", "1.png", "2.png");
        assertThat(results.at("/0/score").asDouble())
                .isEqualTo(FakeScorer.scoreOf('x').score());
        assertThat(results.at("/1/error/code").asText()).isEqualTo("unreadable_image");
        assertThat(results.at("/1/error/message").asText()).isEqualTo("1.png: no known format");
        assertThat(results.at("/2/score").asDouble())
                .isEqualTo(FakeScorer.scoreOf('y').score());
        assertThat(Client.json(response).at("/range")).hasToString("[1.0,5.0]");
        assertThat(Client.json(response).at("/model").asText())
                .isEqualTo(scorer.model().identity());
    }

    @Test
    void aMalformedFormIsRefused() {
        Client client = client();
        assertThat(Client.error(client.post("/v1/score", "multipart/form-data", "x")))
                .isEqualTo("400 bad_request");
        assertThat(Client.error(client.post("/v1/score", "multipart/form-data; boundary=b", "nothing")))
                .isEqualTo("400 bad_request");
        assertThat(Client.error(client.postFiles("/v1/score", ""))).isEqualTo("400 missing_image");
    }

    @Test
    void tooLargeRequestsAreRefused() {
        Client client = new Client(start(settings ->
                settings.withLimits(RequestLimits.defaults().withBytes(1000).withImages(2))));

        assertThat(Client.error(client.post("/v1/score", BYTES, new byte[1001])))
                .isEqualTo("413 too_large");
        assertThat(Client.error(client.postFiles("/v1/score", "xyz"))).isEqualTo("413 too_many_images");
        assertThat(client.postFiles("/v1/score", "xy").statusCode()).isEqualTo(200);
        byte[] largest = new byte[1000];
        largest[0] = 'x';
        assertThat(client.post("/v1/score", BYTES, largest).statusCode()).isEqualTo(200);
    }

    @Test
    void rewardsAreInTheRangeAskedFor() {
        Client client = client();
        String images = "{\"images\":[\"" + base64("x") + "\",\"" + base64("z") + "\"],\"range\":";
        double x = FakeScorer.scoreOf('x').score();
        double z = FakeScorer.scoreOf('z').score();

        assertThat(client.post("/v1/reward", JSON, images + "\"1-5\"}").body())
                .isEqualTo("{\"rewards\":[" + x + "," + z + "],\"range\":\"1-5\"}");
        assertThat(client.post("/v1/reward", JSON, images + "\"0-1\"}").body())
                .isEqualTo("{\"rewards\":[" + (x - 1) / 4 + "," + (z - 1) / 4 + "],\"range\":\"0-1\"}");
        assertThat(client.postFiles("/v1/reward", "xz").body())
                .isEqualTo("{\"rewards\":[" + (x - 1) / 4 + "," + (z - 1) / 4 + "],\"range\":\"0-1\"}");
    }

    @Test
    void aRewardNamesTheImageOrFieldAtFault() {
        Client client = client();
        HttpResponse<String> unreadable = client.post(
                "/v1/reward", JSON, "{\"images\":[\"" + base64("x") + "\",\"" + base64("u") + "\"],\"range\":\"1-5\"}");
        assertThat(Client.error(unreadable)).isEqualTo("400 unreadable_image");
        assertThat(Client.json(unreadable).at("/error/message").asText()).isEqualTo("images[1]: no known format");

        String one = "{\"images\":[\"" + base64("x") + "\"]";
        assertThat(client.post("/v1/reward", JSON, one + "}").body()).contains("the request has no \\\"range\\\"");
        assertThat(client.post("/v1/reward", JSON, one + ",\"range\":\"0-5\"}").body())
                .contains("\\\"range\\\" is \\\"0-5\\\"");
        assertThat(client.post("/v1/reward", JSON, one + ",\"rang\":1}").body()).contains("has a field \\\"rang\\\"");
        assertThat(client.post("/v1/reward", JSON, "{\"images\":[\"*\"],\"range\":\"1-5\"}")
                        .body())
                .contains("images[0] is not base64");
        assertThat(Client.error(client.post("/v1/reward", JSON, "{\"images\":[],\"range\":\"1-5\"}")))
                .isEqualTo("400 missing_image");
        assertThat(Client.error(client.post("/v1/reward", JSON, "{"))).isEqualTo("400 bad_request");
    }

    private static String base64(String letter) {
        return Base64.getEncoder().encodeToString(letter.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void tellsItsModel() {
        JsonNode model = Client.json(client().get("/v1/models")).at("/models/0");

        assertThat(model.at("/identity").asText()).isEqualTo(scorer.model().identity());
        assertThat(model.at("/sha256").asText()).isEqualTo("0".repeat(64));
        assertThat(model.at("/maps").asBoolean()).isFalse();
        assertThat(model.at("/batch").asInt()).isEqualTo(1);
    }

    @Test
    void countsRequestsAndImages() {
        Client client = client();
        client.post("/v1/score", BYTES, "x");
        client.post("/v1/score", BYTES, "u");

        assertThat(client.get("/metrics").body())
                .contains("deqa_images_total{outcome=\"scored\"} 1.0")
                .contains("deqa_images_total{outcome=\"unreadable_image\"} 1.0")
                .contains("http_server_requests_seconds_count{method=\"POST\",status=\"200\",uri=\"/v1/score\"} 1")
                .contains("http_server_requests_seconds_count{method=\"POST\",status=\"400\",uri=\"/v1/score\"} 1")
                .contains("deqa_queue_images 0.0")
                .contains("deqa_queue_bytes 0.0")
                .contains("deqa_batch_images_count 1")
                .contains("deqa_decode_seconds_count 1")
                .contains("deqa_network_seconds_count 1")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void aFullQueueRefusesOneImageAndSeveralAlike() {
        Client client = new Client(start(settings ->
                settings.withQueue(QueueSettings.defaults().withImages(2).withPasses(1))));
        scorer.blocked();
        CompletableFuture<HttpResponse<String>> first = async(() -> client.postFiles("/v1/score", "xy"));
        scorer.arrivals.acquireUninterruptibly();

        HttpResponse<String> one = client.post("/v1/score", BYTES, "z");
        assertThat(Client.error(one)).isEqualTo("503 busy");
        assertThat(one.headers().firstValue("Retry-After")).contains("1");
        assertThat(Client.error(client.postFiles("/v1/score", "z"))).isEqualTo("503 busy");
        assertThat(Client.error(client.postFiles("/v1/score", "xyz"))).isEqualTo("413 too_many_images");

        scorer.permits.release(2);
        assertThat(first.join().statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyForWhichThereIsNoMemoryIsRefused() {
        Client client = new Client(
                start(settings -> settings.withQueue(QueueSettings.defaults().withBytes(100_000))));

        assertThat(Client.error(client.post("/v1/score", BYTES, new byte[1_000_000])))
                .isEqualTo("503 busy");
        assertThat(client.post("/v1/score", BYTES, "x").statusCode()).isEqualTo(200);
        assertThat(client.get("/metrics").body()).contains("deqa_queue_bytes 0.0");
    }

    @Test
    void anImageWhoseClientHasGoneIsNotComputed() throws IOException {
        ScoringServer server =
                start(settings -> settings.withQueue(QueueSettings.defaults().withPasses(1)));
        Client client = new Client(server);
        scorer.blocked();
        CompletableFuture<HttpResponse<String>> first = async(() -> client.post("/v1/score", BYTES, "x"));
        scorer.arrivals.acquireUninterruptibly();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\ny"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            awaitQueue(client, 2);
        }
        CompletableFuture<HttpResponse<String>> last = async(() -> client.post("/v1/score", BYTES, "z"));
        scorer.permits.release(3);

        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(last.join().statusCode()).isEqualTo(200);
        assertThat(scorer.batches).containsExactly("x", "z");
        assertThat(client.get("/metrics").body()).contains("deqa_images_total{outcome=\"dropped\"} 1.0");
    }

    @Test
    void aNextRequestThatComesEarlyIsAnsweredToo() throws IOException {
        ScoringServer server =
                start(settings -> settings.withQueue(QueueSettings.defaults().withPasses(1)));
        Client client = new Client(server);
        scorer.blocked();
        CompletableFuture<HttpResponse<String>> first = async(() -> client.post("/v1/score", BYTES, "x"));
        scorer.arrivals.acquireUninterruptibly();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\ny"
                    .getBytes(StandardCharsets.US_ASCII));
            awaitQueue(client, 2);
            out.write("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            scorer.permits.release(
                    2); // whether the client is still there is asked once more, and finds the next request
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers).containsSubsequence("200 OK", "\"score\"", "200 OK", "\"ok\"");
        }
        assertThat(first.join().statusCode()).isEqualTo(200);
    }

    @Test
    void isNotReadyBeforeItsModelIs() {
        Semaphore open = new Semaphore(0);
        ScoringServer server = ScoringServer.start(
                () -> {
                    open.acquireUninterruptibly();
                    return scorer;
                },
                ServerSettings.defaults().withPort(0));
        opened.add(server);
        Client client = new Client(server);
        assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(client.get("/readyz").body()).isEqualTo("{\"status\":\"starting\"}");
        assertThat(client.get("/readyz").statusCode()).isEqualTo(503);
        assertThat(Client.error(client.post("/v1/score", BYTES, "x"))).isEqualTo("503 starting");

        open.release();
        server.awaitReady();
        assertThat(client.get("/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void tellsWhyItsModelCannotBeOpened() {
        ScoringServer server = ScoringServer.start(
                () -> {
                    throw new ModelLoadException("no such model");
                },
                ServerSettings.defaults().withPort(0));
        opened.add(server);

        assertThatThrownBy(server::awaitReady)
                .isInstanceOf(ModelLoadException.class)
                .hasMessage("no such model");
    }

    @Test
    void aPortInUseAndAnUnknownHostAreOneSentence() {
        ScoringServer server = start(settings -> settings);

        assertThatThrownBy(() -> start(settings -> settings.withPort(server.port())))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("cannot listen on port " + server.port()
                        + " of 127.0.0.1 (Address already in use); name another port, or an address of this machine");
        assertThatThrownBy(() -> start(settings -> settings.withHost("no.such.host.invalid")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        "no.such.host.invalid: there is no such host; name an address of this machine, without a scheme");
    }

    @Test
    void closingAnswersWhatWasAcceptedAndRefusesWhatComes() {
        ScoringServer server =
                start(settings -> settings.withQueue(QueueSettings.defaults().withPasses(1)));
        Client client = new Client(server);
        scorer.blocked();
        List<CompletableFuture<HttpResponse<String>>> accepted = new ArrayList<>();
        for (char letter : "vwxyz".toCharArray()) {
            accepted.add(async(() -> client.post("/v1/score", BYTES, String.valueOf(letter))));
        }
        awaitQueue(client, 5);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close, clients);
        while (client.get("/readyz").statusCode() == 200) {
            Thread.onSpinWait();
        }
        assertThat(client.get("/readyz").body()).isEqualTo("{\"status\":\"stopping\"}");
        assertThat(Client.error(client.post("/v1/score", BYTES, "x"))).isEqualTo("503 stopping");
        assertThat(scorer.closed()).isFalse();

        scorer.permits.release(5);
        assertThat(accepted).allMatch(answer -> answer.join().statusCode() == 200);
        closed.join();
        assertThat(scorer.closed()).isTrue();
    }

    @Test
    void aThousandClientsAtOnceGetScoresOrAreToldToComeAgain() {
        Client client = new Client(start(settings ->
                settings.withQueue(QueueSettings.defaults().withImages(100).withMaxWait(Duration.ZERO))));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            answers.add(client.sendAsync("/v1/score", "x"));
        }
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.join().statusCode() == 200 ? "scored" : Client.error(answer.join()))
                                .isIn("scored", "503 busy"));
        assertThat(answers).anyMatch(answer -> answer.join().statusCode() == 200);
    }

    private CompletableFuture<HttpResponse<String>> async(Supplier<HttpResponse<String>> request) {
        return CompletableFuture.supplyAsync(request, clients);
    }

    /** Waits until images are in the queue. */
    private static void awaitQueue(Client client, int images) {
        while (!client.get("/metrics").body().contains("deqa_queue_images " + images + ".0")) {
            Thread.onSpinWait();
        }
    }
}
