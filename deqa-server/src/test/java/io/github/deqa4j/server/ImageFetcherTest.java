package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.deqa4j.server.ImageFetcher.Fetched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server on loopback, which a rule declares to be public. */
class ImageFetcherTest {
    private static final InetAddress LOOPBACK = address("127.0.0.1");
    private static final InetAddress OTHER_LOOPBACK = address("127.0.0.2");
    private static final Predicate<InetAddress> LOOPBACK_ALONE = LOOPBACK::equals;

    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private UrlSettings settings;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        server.setExecutor(threads);
        server.start();
        settings = UrlSettings.of(List.of("images.test", "*.cdn.test"))
                .withPlainHttp()
                .withPorts(Set.of(server.getAddress().getPort()))
                .withTimeout(Duration.ofMinutes(1));
        serve("/a.jpg", exchange -> answer(exchange, 200, "image"));
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void imagesOfOneRequestComeInItsOrder() {
        serve("/b.jpg", exchange -> answer(exchange, 200, "another"));
        List<Fetched> fetched = fetch(settings, url("/b.jpg"), "no url", url("/a.jpg"));
        assertThat(fetched).extracting(Fetched::url).containsExactly(url("/b.jpg"), "no url", url("/a.jpg"));
        assertThat(fetched).extracting(ImageFetcherTest::text).containsExactly("another", "", "image");
        assertThat(fetched.get(1).failure())
                .hasMessage("no url is no URL; encode spaces and special characters with %");
    }

    @Test
    void theRequestTellsNothingOfTheServer() {
        server.createContext("/headers", exchange -> {
            Headers headers = exchange.getRequestHeaders();
            headers.forEach((name, values) -> seen.put(name, String.join(",", values)));
            exchange.getResponseHeaders().add("Set-Cookie", "a=b");
            answer(exchange, 200, "image");
        });
        fetch(settings, url("/headers"), url("/headers"));
        assertThat(seen).containsOnlyKeys("Accept", "Host", "User-agent");
        assertThat(seen).containsEntry("Accept", "image/*");
        assertThat(seen.get("User-agent")).startsWith("deqa4j/");
    }

    @Test
    void anAddressThatIsNotPublicIsRefused() {
        serve("/secret", exchange -> answer(exchange, 200, "secret"));
        try (ImageFetcher fetcher = new ImageFetcher(settings, host -> all(LOOPBACK), PublicAddresses::contain)) {
            assertRefused(fetcher, url("/secret"), ErrorCode.URL_NOT_ALLOWED, "has an address that is not public");
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void theRealRuleRefusesLoopbackByName() {
        UrlSettings anyHost = settingsOf("*");
        try (ImageFetcher fetcher = new ImageFetcher(anyHost)) {
            int port = server.getAddress().getPort();
            for (String host :
                    List.of("localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433")) {
                String url = "http://" + host + ":" + port + "/a.jpg";
                assertThat(fetcher.fetchAll(List.of(url)).join().get(0).failure())
                        .as(host)
                        .isNotNull();
            }
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void oneAddressThatIsNotPublicRefusesTheHost() {
        try (ImageFetcher fetcher = new ImageFetcher(settings, host -> all(LOOPBACK, OTHER_LOOPBACK), LOOPBACK_ALONE)) {
            assertRefused(fetcher, url("/a.jpg"), ErrorCode.URL_NOT_ALLOWED, "has an address that is not public");
        }
        assertThat(seen).isEmpty();
    }

    /** A name server that answers with a public address first, and with one inside the network then. */
    @Test
    void theConnectionGoesToTheAddressThatWasChecked() {
        serve("/close", exchange -> {
            exchange.getResponseHeaders().add("Connection", "close");
            answer(exchange, 200, "image");
        });
        Queue<InetAddress> answers = new ConcurrentLinkedQueue<>(List.of(LOOPBACK, OTHER_LOOPBACK));
        try (ImageFetcher fetcher = new ImageFetcher(settings, host -> all(answers.remove()), LOOPBACK_ALONE)) {
            assertThat(text(fetcher.fetchAll(List.of(url("/close"))).join().get(0)))
                    .isEqualTo("image");
            assertThat(answers).as("one look-up for one connection").hasSize(1);
            assertRefused(fetcher, url("/close"), ErrorCode.URL_NOT_ALLOWED, "has an address that is not public");
        }
        assertThat(answers).isEmpty();
    }

    @Test
    void redirectsAreFollowedThreeTimes() {
        redirect("/1", "/2");
        redirect("/2", "http://x.cdn.test:" + server.getAddress().getPort() + "/3");
        redirect("/3", "a.jpg");
        redirect("/0", "/1");
        List<Fetched> fetched = fetch(settings, url("/1"), url("/0"));
        assertThat(text(fetched.get(0))).isEqualTo("image");
        assertThat(fetched.get(1).failure())
                .hasMessage(url("/0") + ": the host redirects more than 3 times")
                .extracting(RequestException::code)
                .isEqualTo(ErrorCode.URL_UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.test/, has a host that this server does not fetch images from",
        "file:///etc/passwd, must begin with https:// or http://",
        "http://images.test:1/, has port 1",
        "http://user@images.test/, user name or password",
        "http://[::1]/, does not fetch images from"
    })
    void aRedirectIsCheckedAsAUrl(String location, String problem) {
        redirect("/away", location);
        assertThat(fetch(settings, url("/away")).get(0).failure())
                .hasMessageContaining(problem)
                .extracting(RequestException::code)
                .isEqualTo(ErrorCode.URL_NOT_ALLOWED);
    }

    @Test
    void theAddressOfARedirectIsCheckedToo() {
        redirect("/inside", "http://x.cdn.test:" + server.getAddress().getPort() + "/a.jpg");
        CheckedResolver.Lookup lookup = host -> all(host.startsWith("x.") ? OTHER_LOOPBACK : LOOPBACK);
        try (ImageFetcher fetcher = new ImageFetcher(settings, lookup, LOOPBACK_ALONE)) {
            assertRefused(fetcher, url("/inside"), ErrorCode.URL_NOT_ALLOWED, "\"x.cdn.test\" has an address");
        }
        assertThat(seen).containsOnlyKeys("/inside");
    }

    @Test
    void anAnswerThatIsTooLongIsCutWhetherItSaysSoOrNot() {
        serve("/announced", exchange -> answer(exchange, 200, "x".repeat(1001)));
        serve("/chunked", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[1001]);
            exchange.close();
        });
        serve("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (end.getCount() > 0) {
                exchange.getResponseBody().write(new byte[1000]);
            }
        });
        serve("/fits", exchange -> answer(exchange, 200, "x".repeat(1000)));
        UrlSettings small = settings.withMaxBytes(1000);
        for (String path : List.of("/announced", "/chunked", "/endless")) {
            assertThat(fetch(small, url(path)).get(0).failure())
                    .as(path)
                    .hasMessage(url(path)
                            + ": the images of the request have more bytes together than this server fetches (1000)")
                    .extracting(RequestException::code)
                    .isEqualTo(ErrorCode.TOO_LARGE);
        }
        assertThat(text(fetch(small, url("/fits")).get(0))).hasSize(1000);
    }

    @Test
    void theLimitIsThatOfAllImagesTogether() {
        List<Fetched> fetched = fetch(settings.withMaxBytes(9), url("/a.jpg"), url("/a.jpg"));
        assertThat(fetched).filteredOn(one -> one.failure() == null).hasSizeLessThan(2);
        assertThat(fetch(settings.withMaxBytes(10), url("/a.jpg"), url("/a.jpg")))
                .extracting(ImageFetcherTest::text)
                .containsExactly("image", "image");
    }

    @Test
    void anAnswerThatIsCompressedOnceMoreIsRefused() {
        serve("/gzip", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            answer(exchange, 200, "image");
        });
        assertThat(fetch(settings, url("/gzip")).get(0).failure())
                .hasMessage(url("/gzip") + ": the host compresses the image once more (Content-Encoding)");
    }

    @ParameterizedTest
    @CsvSource({"404", "500", "204", "206", "304", "401"})
    void anotherStatusIsNoImage(int status) {
        serve("/status", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
            exchange.sendResponseHeaders(status, -1);
        });
        assertThat(fetch(settings, url("/status")).get(0).failure())
                .hasMessage(url("/status") + ": the host answers with status " + status)
                .extracting(RequestException::code)
                .isEqualTo(ErrorCode.URL_UNAVAILABLE);
    }

    @Test
    void aHostThatDoesNotAnswerInTimeIsGivenUp() {
        serve("/silent", this::await);
        serve("/half", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(new byte[5]);
            exchange.getResponseBody().flush();
            await(exchange);
        });
        List<Fetched> fetched = fetch(settings.withTimeout(Duration.ofMillis(300)), url("/silent"), url("/half"));
        assertThat(fetched)
                .extracting(Fetched::failure)
                .extracting(failure -> Objects.requireNonNull(failure).getMessage())
                .containsExactly(
                        url("/silent") + ": the host does not answer in time",
                        url("/half") + ": the host does not answer in time");
    }

    @Test
    void aNameServerThatDoesNotAnswerInTimeIsGivenUp() {
        CheckedResolver.Lookup silent = host -> {
            waitForTheEnd();
            return all(LOOPBACK);
        };
        UrlSettings hurried = settings.withTimeout(Duration.ofMillis(100));
        try (ImageFetcher fetcher = new ImageFetcher(hurried, silent, LOOPBACK_ALONE)) {
            assertRefused(fetcher, url("/a.jpg"), ErrorCode.URL_UNAVAILABLE, "does not answer in time");
        }
    }

    @Test
    void aHostThatIsNotKnownOrNotThereIsUnavailable() throws IOException {
        CheckedResolver.Lookup unknown = host -> {
            throw new UnknownHostException(host);
        };
        try (ImageFetcher fetcher = new ImageFetcher(settings, unknown, LOOPBACK_ALONE)) {
            assertRefused(fetcher, url("/a.jpg"), ErrorCode.URL_UNAVAILABLE, "\"images.test\" is not known");
        }
        server.stop(0);
        try (ImageFetcher fetcher = fetcher(settings)) {
            assertRefused(fetcher, url("/a.jpg"), ErrorCode.URL_UNAVAILABLE, "the connection to the host fails");
        }
    }

    @Test
    void anAnswerThatIsNotTlsIsUnavailable() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, LOOPBACK);
                ImageFetcher fetcher = fetcher(settings.withPorts(Set.of(plain.getLocalPort())))) {
            threads.execute(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            String url = "https://images.test:" + plain.getLocalPort() + "/a.jpg";
            assertRefused(fetcher, url, ErrorCode.URL_UNAVAILABLE, "the connection to the host fails");
        }
    }

    @Test
    void moreRequestsThanAllowedAreToldToComeAgain() throws Exception {
        CountDownLatch arrived = new CountDownLatch(8);
        serve("/wait", exchange -> {
            arrived.countDown();
            await(exchange);
        });
        try (ImageFetcher fetcher = fetcher(settings)) {
            List<CompletableFuture<List<Fetched>>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                running.add(fetcher.fetchAll(List.of(url("/wait"))));
            }
            arrived.await();
            assertThatThrownBy(() -> fetcher.fetchAll(List.of(url("/a.jpg"))))
                    .isInstanceOfSatisfying(
                            RequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
            end.countDown();
            for (CompletableFuture<List<Fetched>> one : running) {
                assertThat(text(one.join().get(0))).isEqualTo("late");
            }
            assertThat(text(fetcher.fetchAll(List.of(url("/a.jpg"))).join().get(0)))
                    .isEqualTo("image");
        }
    }

    private static ImageFetcher fetcher(UrlSettings settings) {
        return new ImageFetcher(settings, host -> all(LOOPBACK), LOOPBACK_ALONE);
    }

    private static List<Fetched> fetch(UrlSettings settings, String... urls) {
        try (ImageFetcher fetcher = fetcher(settings)) {
            return fetcher.fetchAll(List.of(urls)).join();
        }
    }

    private UrlSettings settingsOf(String host) {
        return UrlSettings.of(List.of(host)).withPlainHttp().withPorts(settings.ports());
    }

    private static void assertRefused(ImageFetcher fetcher, String url, ErrorCode code, String problem) {
        assertThat(fetcher.fetchAll(List.of(url)).join().get(0).failure())
                .hasMessageStartingWith(url + ": ")
                .hasMessageContaining(problem)
                .extracting(RequestException::code)
                .isEqualTo(code);
    }

    private static String text(Fetched fetched) {
        return fetched.image() == null ? "" : new String(fetched.image().bytes(), StandardCharsets.UTF_8);
    }

    private String url(String path) {
        return "http://images.test:" + server.getAddress().getPort() + path;
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            seen.put(path, exchange.getRequestMethod());
            handler.handle(exchange);
        });
    }

    private void redirect(String path, String location) {
        serve(path, exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            answer(exchange, 302, "moved");
        });
    }

    /** Answers when the test ends. */
    private void await(HttpExchange exchange) throws IOException {
        waitForTheEnd();
        answer(exchange, 200, "late");
    }

    private void waitForTheEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static InetAddress[] all(InetAddress... addresses) {
        return addresses;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
