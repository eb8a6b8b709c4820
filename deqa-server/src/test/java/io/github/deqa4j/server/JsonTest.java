package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    /** The library's own limit is below an image of 15 MB in base64; what bounds a text here is the body. */
    @Test
    void aTextMayBeAsLongAsTheBody() {
        int length = 20_000_001;
        byte[] body = ("{\"a\":\"" + "x".repeat(length) + "\"}").getBytes(StandardCharsets.US_ASCII);
        assertThat(Json.parse(body).get("a").textValue()).hasSize(length);
    }

    @Test
    void whatCouldBeMeantInTwoWaysIsRefused() {
        for (String body : List.of("{\"range\":\"1-5\",\"range\":\"0-1\"}", "{\"a\":1}{\"a\":2}", "{\"a\":1}]")) {
            assertThatThrownBy(() -> Json.parse(body.getBytes(StandardCharsets.US_ASCII)))
                    .as(body)
                    .isInstanceOfSatisfying(
                            RequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST))
                    .hasMessageMatching("the request's body is malformed JSON \\(line 1, column [0-9]+\\)");
        }
    }
}
