package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class RequestLogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Test
    void aLineOfJsonHasWhatAnOperatorAsksFor() throws Exception {
        send(RequestLogFormat.JSON, "/images/%1b%5B31m?key=secret");
        String line = lines.take();
        assertThat(line.replaceFirst("\"ms\":[0-9.E-]+", "\"ms\":0"))
                .isEqualTo(
                        "{\"time\":\"2026-01-02T03:04:05.678Z\",\"id\":\"a-1\",\"method\":\"POST\",\"path\":\"/images/%1b%5B31m\","
                                + "\"status\":200,\"ms\":0,\"bytes\":3,\"images\":2}");
    }

    @Test
    void aLineOfTextHasTheSame() throws Exception {
        send(RequestLogFormat.TEXT, "/images/x?key=secret");
        assertThat(lines.take().replaceFirst("[0-9.]+ ms", "0 ms"))
                .isEqualTo("2026-01-02T03:04:05.678Z a-1 POST /images/x 200 0 ms 3 bytes 2 images");
    }

    @Test
    void nothingIsWrittenUnlessAsked() throws Exception {
        send(RequestLogFormat.NONE, "/images/x");
        assertThat(lines).isEmpty();
    }

    /** Returns when the server has stopped, and thus has written all lines. */
    private void send(RequestLogFormat format, String path) throws IOException, InterruptedException {
        RequestLog log = new RequestLog(format, CLOCK, lines::add);
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.requestLogger.http(log::answered);
            config.routes.before(RequestId::assign);
            config.routes.post("/images/{name}", context -> RequestLog.images(context, 2));
        });
        javalin.start("127.0.0.1", 0);
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + javalin.port() + path))
                    .header("X-Request-Id", "a-1")
                    .header("Authorization", "Bearer secret")
                    .POST(BodyPublishers.ofString("abc"))
                    .build();
            HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
        } finally {
            javalin.stop();
        }
    }
}
