package io.github.deqa4j.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A client of a server under test. */
final class Client {
    private static final String BOUNDARY = "----boundary";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScoringServer server;

    Client(ScoringServer server) {
        this.server = server;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.address().resolve(path));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    /** Posts a body; without a content type if that is empty. */
    HttpResponse<String> post(String path, String contentType, byte[] body) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofByteArray(body));
        return send((contentType.isEmpty() ? request : request.header("Content-Type", contentType)).build());
    }

    HttpResponse<String> post(String path, String contentType, String body) {
        return post(path, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Posts a form whose files are letters of {@link FakeScorer}, named after their places. */
    HttpResponse<String> postFiles(String path, String letters) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < letters.length(); i++) {
            body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + i
                            + ".png\"\r\nContent-Type: image/png\r\n\r\n" + letters.charAt(i) + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"range\"\r\n\r\n0-1\r\n--"
                        + BOUNDARY + "--\r\n")
                .getBytes(StandardCharsets.UTF_8));
        return post(path, "multipart/form-data; boundary=" + BOUNDARY, body.toByteArray());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a request of its own connection, without waiting. */
    CompletableFuture<HttpResponse<String>> sendAsync(String path, String body) {
        return http.sendAsync(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return new JsonMapper().readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(response.body(), e);
        }
    }

    /** Status and code of an error, such as {@code 503 busy}. */
    static String error(HttpResponse<String> response) {
        return response.statusCode() + " " + json(response).at("/error/code").asText();
    }
}
