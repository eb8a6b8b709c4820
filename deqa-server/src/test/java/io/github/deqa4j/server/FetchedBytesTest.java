package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images that the server fetches take from the same memory as those that are sent to it. */
class FetchedBytesTest {
    private static final int BYTES = 60_000;

    private HttpServer images;

    @BeforeEach
    void serveImages() throws IOException {
        images = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        images.createContext("/", exchange -> {
            byte[] image = new byte[BYTES];
            image[0] = 'x';
            exchange.sendResponseHeaders(200, BYTES);
            exchange.getResponseBody().write(image);
            exchange.close();
        });
        images.start();
    }

    @AfterEach
    void stopImages() {
        images.stop(0);
    }

    private RunningServer start(int queueBytes) {
        UrlSettings urls = UrlSettings.of(List.of("images.test"))
                .withPlainHttp()
                .withPorts(Set.of(images.getAddress().getPort()));
        return new RunningServer(
                FakeScorer::new,
                ServerSettings.defaults()
                        .withQueue(QueueSettings.defaults().withBytes(queueBytes))
                        .withAccess(AccessSettings.defaults().withUrls(urls)),
                settings -> new ImageFetcher(
                        settings,
                        host -> new InetAddress[] {InetAddress.getLoopbackAddress()},
                        InetAddress::isLoopbackAddress));
    }

    @Test
    void imagesForWhichThereIsNoMemoryAreRefused() {
        try (RunningServer server = start(2 * BYTES)) {
            assertThat(post(server, 1).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = post(server, 2); // with the request itself, it is more
            assertThat(Client.error(refused)).isEqualTo("503 busy");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(server.get("/metrics").body()).contains("deqa_queue_bytes 0.0");
        }
    }

    private HttpResponse<String> post(RunningServer server, int count) {
        String url = "\"http://images.test:" + images.getAddress().getPort() + "/x\"";
        String body = "{\"urls\":[" + (url + ",").repeat(count - 1) + url + "]}";
        return server.send(
                server.request("/v1/score", "Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }
}
