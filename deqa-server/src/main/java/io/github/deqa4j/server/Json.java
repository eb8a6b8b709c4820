package io.github.deqa4j.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;

/** Answers in JSON. */
final class Json {
    /** A text of a request, such as an image in base64, may be as long as the body, which has a limit of its own. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Parses a body.
     *
     * @throws RequestException if it is not JSON, or no object
     */
    static JsonNode parse(byte[] body) {
        try {
            JsonNode root = MAPPER.readTree(body);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (IOException e) {
            throw new RequestException(ErrorCode.BAD_REQUEST, "the request's body is malformed JSON" + place(e));
        }
        throw new RequestException(ErrorCode.BAD_REQUEST, "the request's body must be a JSON object");
    }

    private static String place(IOException e) {
        return e instanceof JsonProcessingException malformed && malformed.getLocation() != null
                ? " (line " + malformed.getLocation().getLineNr() + ", column "
                        + malformed.getLocation().getColumnNr() + ")"
                : "";
    }

    static void answer(Context context, int status, JsonNode answer) {
        try {
            context.status(status).contentType("application/json").result(MAPPER.writeValueAsBytes(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
