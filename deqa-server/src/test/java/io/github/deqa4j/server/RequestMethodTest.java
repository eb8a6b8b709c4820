package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Methods that a server does not have, in the first line or in a header. */
class RequestMethodTest {
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.with(AccessSettings.defaults());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void clientsCannotAddTimeSeriesToTheMetrics() {
        assertThat(send("MADEUP", "/healthz").statusCode()).isEqualTo(405);
        assertThat(send("madeup", "/none").statusCode()).isEqualTo(404);
        server.get("/healthz", "X-HTTP-Method-Override", "MADEUP");

        assertThat(server.get("/metrics").body())
                .doesNotContainIgnoringCase("madeup")
                .contains("http_server_requests_seconds_count{method=\"other\",status=\"405\",uri=\"unknown\"} 1");
    }

    @Test
    void aHeaderCannotChangeTheMethod() {
        for (String method : new String[] {"POST", "GET", "BEFORE", "AFTER", "\u009b31m"}) {
            HttpResponse<String> answer = server.get("/healthz", "X-HTTP-Method-Override", method);
            assertThat(Client.error(answer)).isEqualTo("400 bad_request");
            assertThat(answer.body()).contains("X-HTTP-Method-Override");
        }
    }

    @Test
    void theMethodsOfAResourceAreNamed() {
        assertThat(send("GET", "/v1/score").headers().firstValue("Allow")).hasValue("POST");
        assertThat(send("DELETE", "/healthz").headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void headIsGetWithoutABody() {
        HttpResponse<String> answer = send("HEAD", "/healthz");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    private static HttpResponse<String> send(String method, String path) {
        return server.send(server.request(path).method(method, BodyPublishers.noBody()));
    }
}
