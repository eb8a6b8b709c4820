package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do what none should. After each of them the next honest request has its answer. */
class HostileClientTest {
    private static RunningServer server;

    /** One for all tests, as an operator would have it. */
    @BeforeAll
    static void start() {
        server = RunningServer.with(AccessSettings.defaults());
    }

    @AfterEach
    void anHonestRequestHasItsAnswer() {
        assertThat(server.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tenThousandHeadersAreTooMany() throws IOException {
        StringBuilder request = new StringBuilder("GET /healthz HTTP/1.1\r\nHost: a\r\n");
        for (int i = 0; i < 10_000; i++) {
            request.append("X-").append(i).append(": y\r\n");
        }
        assertThat(exchange(request + "\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .containsPattern("\"code\":\"headers_too_large\",\"message\":\"the first line and the headers")
                .containsPattern("X-Request-Id: [0-9a-f-]{36}");
    }

    @Test
    void aFirstLineHasALimit() throws IOException {
        assertThat(exchange("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("\"code\":\"headers_too_large\"");
    }

    /** What a proxy in front of the server could understand in another way. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
                "Content-Length: 5, 6\r\n\r\nabcdef",
                "Content-Length: -5\r\n\r\nabcdef",
                "Content-Length: +5\r\n\r\nabcde",
                "Content-Length: 0x5\r\n\r\nabcde",
                "Content-Length: 99999999999999999999\r\n\r\nabcde",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                " Content-Length: 5\r\n\r\nabcde",
                "X: a\rContent-Length: 5\r\n\r\nabcde",
                "X: a\0b\r\n\r\n",
                "\u0000X: a\r\n\r\n",
                "Host: b\r\n\r\n"
            })
    void aRequestWithTwoMeaningsIsRefusedAndItsConnectionClosed(String headers) throws IOException {
        String answer = exchange(
                "POST /v1/score HTTP/1.1\r\nHost: a\r\n" + headers + "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"bad_request\"");
        assertThat(answer)
                .doesNotContain("\"status\":\"ok\"")
                .doesNotContain("<html")
                .doesNotContain("org.eclipse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../healthz",
                "/v1/../healthz",
                "/%2e%2e/healthz",
                "/v1/%2e%2e/healthz",
                "/v1/..%2fhealthz",
                "//healthz",
                "/healthz%00",
                "/healthz;x=y",
                "/%c0%ae%c0%ae/healthz",
                "/docs/../../etc/passwd",
                "/healthz%",
                "/a\\..\\healthz",
                "http:///healthz",
                "*"
            })
    void aPathHasOneSpelling(String path) throws IOException {
        assertThat(exchange("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .containsPattern("^HTTP/1.1 (400|404|405) ")
                .contains("\"code\":\"")
                .doesNotContain("<html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
                "GET\r\n\r\n",
                "GET /healthz\r\n\r\n",
                "GET /healthz HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET /healthz HTTP/1.1\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\r\n\r\n\r\n\r\nx\r\n\r\n"
            })
    void whatIsNoHttpIsRefused(String bytes) throws IOException {
        assertThat(exchange(bytes)).startsWith("HTTP/1.1 400 ").contains("\"code\":\"bad_request\"");
    }

    @Test
    void garbageAfterARequestEndsTheConnectionAlone() throws IOException {
        String answers = exchange("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n\u0001\u0002garbage\r\n\r\n");
        assertThat(answers).startsWith("HTTP/1.1 200 ").contains("{\"status\":\"ok\"}");
        assertThat(answers).contains("HTTP/1.1 400 ");
    }

    @Test
    void aThousandSilentConnectionsAndHalfRequestsHinderNobody() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                Socket socket = server.connect();
                sockets.add(socket);
                if (i % 2 == 0) {
                    socket.getOutputStream().write(bytes("POST /v1/score HTTP/1.1\r\nHo"));
                }
            }
            assertThat(server.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Sends bytes, and reads until the server closes the connection. */
    private static String exchange(String text) throws IOException {
        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(bytes(text));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
