package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessRoutesTest {
    private static final String KEY = "a-key-of-twenty-char";
    private static final AccessSettings DEFAULTS = AccessSettings.defaults();

    @TempDir
    private Path folder;

    @Test
    void aKeyIsNeededForScoresAndMetrics() throws IOException {
        try (RunningServer server = RunningServer.with(DEFAULTS.withKeyFile(keys()))) {
            for (String path : List.of("/v1/models", "/v1/none", "/metrics")) {
                HttpResponse<String> refused = server.get(path);
                assertThat(refused.statusCode()).as(path).isEqualTo(401);
                assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
                assertThat(refused.body())
                        .startsWith(
                                "{\"error\":{\"code\":\"unauthorized\",\"message\":\"this server needs an API key;");
                assertThat(server.get(path, "X-API-Key", KEY).statusCode())
                        .as(path)
                        .isNotEqualTo(401);
            }
            for (String path : List.of("/healthz", "/readyz", "/openapi.json", "/docs")) {
                assertThat(server.get(path).statusCode()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void aKeyComesInOneOfTwoHeaders() throws IOException {
        try (RunningServer server = RunningServer.with(DEFAULTS.withKeyFile(keys()))) {
            assertThat(status(server, "Authorization", "Bearer " + KEY)).isNotEqualTo(401);
            assertThat(status(server, "authorization", "bearer  " + KEY)).isNotEqualTo(401);
            assertThat(status(server, "x-api-key", KEY)).isNotEqualTo(401);
            assertThat(status(server, "Authorization", "Basic " + KEY)).isEqualTo(401);
            assertThat(status(server, "Authorization", KEY)).isEqualTo(401);
            assertThat(status(server, "Authorization", "Bearer")).isEqualTo(401);
            assertThat(status(server, "X-API-Key", KEY + "x")).isEqualTo(401);
            assertThat(server.get("/v1/none", "X-API-Key", KEY + "x").body())
                    .contains("\"message\":\"the API key is not one of this server's\"")
                    .doesNotContain(KEY);
        }
    }

    @Test
    void noOtherSpellingOfAPathGetsAroundTheKey() throws IOException {
        try (RunningServer server = RunningServer.with(DEFAULTS.withKeyFile(keys()))) {
            for (String path : List.of(
                    "/v1/models/",
                    "/metrics/",
                    "/metrics//",
                    "/%6detrics",
                    "/%761/models",
                    "/v1%2fmodels",
                    "//v1/models",
                    "/./v1/models",
                    "/x/../v1/models")) {
                assertThat(server.get(path).statusCode()).as(path).isBetween(400, 404);
            }
        }
    }

    @Test
    void aKeyFileThatCannotBeUsedIsToldBeforeAModelIsLoaded() {
        ServerSettings settings =
                ServerSettings.defaults().withPort(0).withAccess(DEFAULTS.withKeyFile(folder.resolve("none")));
        assertThatThrownBy(() -> ScoringServer.start(
                        () -> {
                            throw new AssertionError("the model is loaded");
                        },
                        settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageEndingWith("there is no such key file");
    }

    @Test
    void everyAnswerTellsBrowsersToTakeItAsItIs() {
        try (RunningServer server = RunningServer.with(DEFAULTS)) {
            for (String path : List.of("/healthz", "/none", "/docs")) {
                HttpResponse<String> answer = server.get(path);
                assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                        .hasValue("nosniff");
                assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
                assertThat(answer.headers().firstValue("Server")).isEmpty();
            }
        }
    }

    @Test
    void pagesOfOtherSitesAreNotAllowedByDefault() {
        try (RunningServer server = RunningServer.with(DEFAULTS)) {
            HttpResponse<String> answer = server.get("/healthz", "Origin", "https://example.org");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(preflight(server, "https://example.org").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void pagesOfOtherSitesAreAllowedIfSet() throws IOException {
        AccessSettings settings = DEFAULTS.withKeyFile(keys()).withOrigins(List.of("https://example.org"));
        try (RunningServer server = RunningServer.with(settings)) {
            HttpResponse<String> answer = server.get("/healthz", "Origin", "https://example.org");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("https://example.org");
            assertThat(answer.headers().firstValue("Vary")).hasValue("Origin");
            HttpResponse<String> other = server.get("/healthz", "Origin", "https://evil.net");
            assertThat(other.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(other.headers().firstValue("Vary")).hasValue("Origin");
            HttpResponse<String> preflight = preflight(server, "https://example.org");
            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                    .hasValue("Authorization, Content-Type, X-API-Key, X-Request-Id");
            assertThat(preflight(server, "https://evil.net").statusCode()).isEqualTo(401);
        }
    }

    private static HttpResponse<String> preflight(RunningServer server, String origin) {
        return server.send(server.request("/v1/none", "Origin", origin, "Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static int status(RunningServer server, String header, String value) {
        return server.get("/v1/none", header, value).statusCode();
    }

    private Path keys() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), KEY);
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
        return file;
    }
}
