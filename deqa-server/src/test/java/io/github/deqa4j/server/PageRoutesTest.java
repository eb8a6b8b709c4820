package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.testkit.Checkout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageRoutesTest {
    private static final Path PAGE =
            Checkout.root().resolve("deqa-server/src/main/resources/io/github/deqa4j/server/page");

    @Test
    void everyFileOfThePageIsServedAndNothingElse() throws IOException, InterruptedException {
        try (ScoringServer server =
                ScoringServer.start(FakeScorer::new, ServerSettings.defaults().withPort(0))) {
            assertThat(get(server, "/").body()).isEqualTo(Files.readString(PAGE.resolve("index.html")));
            for (String name : files()) {
                if (!name.equals("index.html")) {
                    assertThat(get(server, "/" + name).body()).as(name).isEqualTo(Files.readString(PAGE.resolve(name)));
                }
            }
            assertThat(get(server, "/page/app.js").statusCode()).isEqualTo(404);
            assertThat(get(server, "/app.js/../ScoringServer.class").statusCode())
                    .isNotEqualTo(200);
        }
    }

    @Test
    void itsAnswersNameTypeAndPolicy() throws IOException, InterruptedException {
        try (ScoringServer server =
                ScoringServer.start(FakeScorer::new, ServerSettings.defaults().withPort(0))) {
            HttpResponse<String> page = get(server, "/");
            assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(
                            policy -> assertThat(policy).startsWith("default-src 'none'; script-src 'self'; "));
            assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(get(server, "/app.js").headers().firstValue("Content-Type"))
                    .hasValue("text/javascript;charset=utf-8");
        }
    }

    @Test
    void nothingOfThePageIsFromElsewhere() throws IOException {
        for (String name : files()) {
            assertThat(Files.readString(PAGE.resolve(name)).replace("http://www.w3.org/2000/svg", ""))
                    .as(name)
                    .doesNotContain("http:", "https:", "style=\"", "onclick=", "innerHTML");
        }
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(PAGE)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
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
