package io.github.deqa4j.springexample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Checkout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application as a client and an operator see it, with the model that ships. */
class PhotoApplicationTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Path CAT = Checkout.root().resolve("docs/pictures/cat.jpg");

    @SuppressWarnings("NullAway.Init")
    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        context = SpringApplication.run(PhotoApplication.class, "--server.port=0", "--server.address=127.0.0.1");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void anImageAsBodyHasTheScoreOfTheScorer() throws Exception {
        HttpResponse<String> response = post("image/jpeg", Files.readAllBytes(CAT));
        QualityScore expected = context.getBean(Scorer.class).score(CAT);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode photo = JSON.readTree(response.body());
        assertThat(photo.get("score").doubleValue())
                .isEqualTo(expected.score())
                .isCloseTo(4.268, within(5e-4)); // as the README has it of the command line
        assertThat(photo.get("std").doubleValue()).isEqualTo(expected.std());
        assertThat(photo.get("probabilities").get("excellent").doubleValue())
                .isEqualTo(expected.probabilities().excellent());
        assertThat(photo.get("probabilities").size()).isEqualTo(5);
        assertThat(photo.get("width").intValue()).isEqualTo(451);
        assertThat(photo.get("height").intValue()).isEqualTo(300);
        assertThat(photo.get("model").stringValue()).startsWith("model=deqa_compact:");
    }

    @Test
    void anUploadHasTheSameScore() throws Exception {
        HttpResponse<String> body = post("application/octet-stream", Files.readAllBytes(CAT));
        HttpResponse<String> upload = upload("image", Files.readAllBytes(CAT));

        assertThat(upload.statusCode()).isEqualTo(200);
        assertThat(upload.body()).isEqualTo(body.body());
    }

    @Test
    void aBrokenImageIsABadRequest() throws Exception {
        byte[] half = Arrays.copyOf(Files.readAllBytes(CAT), 2_000);

        assertProblem(post("image/jpeg", half), 400, "the body: ");
        assertProblem(upload("image", half), 400, "cat.jpg: ");
        assertProblem(post("image/jpeg", new byte[0]), 400, "the body: ");
    }

    @Test
    void whatIsNoImageIsAnUnsupportedMediaType() throws Exception {
        assertProblem(post("application/octet-stream", "hello, world".getBytes(UTF_8)), 415, "the body: ");
        assertProblem(post("text/plain", Files.readAllBytes(CAT)), 415, "text/plain");
    }

    @Test
    void tooManyBytesAreTooLarge() throws Exception {
        byte[] large = Arrays.copyOf(Files.readAllBytes(CAT), (32 << 20) + 1);

        assertProblem(post("image/jpeg", large), 413, "the body: ");
        assertProblem(upload("image", large), 413, "");
    }

    @Test
    void anUploadOfAnotherNameIsABadRequest() throws Exception {
        assertProblem(upload("photo", Files.readAllBytes(CAT)), 400, "image");
    }

    @Test
    void theApplicationIsReadyAndItsHealthNamesTheModel() throws Exception {
        JsonNode health = JSON.readTree(get("/actuator/health").body());
        JsonNode deqa = health.get("components").get("deqa");

        assertThat(health.get("status").stringValue()).isEqualTo("UP");
        assertThat(deqa.get("status").stringValue()).isEqualTo("UP");
        assertThat(deqa.get("details").get("model").stringValue())
                .isEqualTo(context.getBean(Scorer.class).model().identity());
        assertThat(JSON.readTree(get("/actuator/health/readiness").body())
                        .get("components")
                        .has("deqa"))
                .isTrue();
    }

    @Test
    void metricsCountImagesAndTimeScores() throws Exception {
        EncodedImage cat = EncodedImage.of(CAT);
        context.getBean(Scorer.class).score(cat);
        String metrics = get("/actuator/prometheus").body();

        assertThat(metrics)
                .contains("deqa_scoring_seconds_count{outcome=\"scored\",scorer=\"deqaScorer\"}")
                .contains("deqa_images_total{outcome=\"scored\",scorer=\"deqaScorer\"}");
    }

    /** Spring Boot manages Jackson 2, too, for the libraries that still use it: its parts must be of one version. */
    @Test
    void jackson2OfTheScorerLivesBesideJackson3OfSpring() {
        assertThat(com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION.getMinorVersion())
                .isEqualTo(com.fasterxml.jackson.core.json.PackageVersion.VERSION.getMinorVersion());
        assertThat(tools.jackson.databind.cfg.PackageVersion.VERSION.getMajorVersion())
                .isEqualTo(3);
    }

    @Test
    void theDocumentShowsThisApplication() throws Exception {
        String document = Files.readString(Checkout.root().resolve("docs/spring.md"));
        Path main = Checkout.root().resolve("dev/spring-example/src/main");
        String controller = Files.readString(main.resolve("java/io/github/deqa4j/springexample/PhotoController.java"))
                .replace("package io.github.deqa4j.springexample;", "package com.example;");

        assertThat(document)
                .contains("```java\n" + controller + "```")
                .contains(
                        "```properties\n" + Files.readString(main.resolve("resources/application.properties")) + "```");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("detail").stringValue()).contains(detail).doesNotContain("Exception", "\n");
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String type, byte[] body) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(uri("/score"))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> upload(String field, byte[] file) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"" + field
                        + "\"; filename=\"cat.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n")
                .getBytes(UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--edge--\r\n".getBytes(UTF_8));
        return post("multipart/form-data; boundary=edge", body.toByteArray());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }
}
