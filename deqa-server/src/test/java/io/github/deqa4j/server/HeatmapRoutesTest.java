package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatmapRoutesTest {
    private static ScoringServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = ScoringServer.start(
                () -> new GrayScorer(true), ServerSettings.defaults().withPort(0));
        server.awaitReady();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theMapIsADrawingWithItsScore() throws IOException, InterruptedException {
        GrayScorer scorer = new GrayScorer(true);
        byte[] image = Files.readAllBytes(GrayScorer.image(folder, "a.png", 200));
        String score = Client.json(new Client(server).post("/v1/score", "image/png", image))
                .get("score")
                .asText();

        HttpResponse<byte[]> map = post("image/png", image);

        assertThat(map.statusCode()).isEqualTo(200);
        assertThat(map.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(map.headers().firstValue("X-Deqa-Score")).hasValue(score);
        BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(map.body()));
        RgbImage decoded = scorer.decode(EncodedImage.of(image, "a.png"));
        assertThat(scorer.decode(drawn))
                .usingRecursiveComparison()
                .isEqualTo(scorer.scoreWithMap(decoded).map().draw(decoded));
    }

    @Test
    void anImageWithoutAMapIsAnErrorLikeThatOfItsScore() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = post("image/png", new byte[] {1, 2, 3});
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"code\":\"unreadable_image\"");
    }

    @Test
    void aViewIsRefused() {
        HttpResponse<String> answer = new Client(server).post("/v1/heatmap?view=detail", "image/png", "x");
        assertThat(Client.error(answer)).isEqualTo("400 bad_request");
        assertThat(answer.body()).contains("the query has \\\"view\\\", which is not known here; leave it out");
    }

    @Test
    void aFormIsRefused() {
        assertThat(Client.error(new Client(server).postFiles("/v1/heatmap", "x")))
                .isEqualTo("415 unsupported_media_type");
    }

    private static HttpResponse<byte[]> post(String type, byte[] body) throws IOException, InterruptedException {
        URI map = server.address().resolve("/v1/heatmap");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(map)
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofByteArray());
    }
}
