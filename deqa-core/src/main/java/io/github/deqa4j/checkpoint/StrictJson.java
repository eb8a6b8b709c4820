package io.github.deqa4j.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.deqa4j.file.JsonProblem;
import io.github.deqa4j.file.Utf8Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A hostile JSON document, read token by token so that its size never multiplies in memory. Keys stand once, text is
 * valid UTF-8, nesting and the number of tokens are limited.
 */
final class StrictJson {
    private static final int MOST_TOKENS = 1_000_000;
    private static final int DEEPEST = 16;

    private static final JsonFactory JSON = JsonFactory.builder()
            // Names of tensors do not repeat, so a table of names would only grow.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxTokenCount(MOST_TOKENS)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .build();

    private final String file;
    private final long start;
    private final byte[] utf8;
    private final JsonParser parser;

    private StrictJson(String file, long start, byte[] utf8, JsonParser parser) {
        this.file = file;
        this.start = start;
        this.utf8 = utf8;
        this.parser = parser;
    }

    /**
     * Opens a document; a byte order mark before it is passed over. The text is decoded as it is read, so that one of 100 MB
     * takes no memory besides its bytes.
     *
     * @param start where in the file it starts, for messages
     */
    static StrictJson of(String file, ByteBuffer text, long start) {
        OptionalInt invalid = Utf8Text.firstInvalid(text, StandardCharsets.UTF_8);
        if (invalid.isPresent()) {
            throw new MalformedCheckpointException(
                    file, "the text is not valid UTF-8 (byte offset " + (start + invalid.getAsInt()) + ")");
        }
        byte[] utf8 = new byte[text.remaining()];
        text.get(utf8);
        int mark = Utf8Text.markBytes(utf8);
        byte[] json = mark == 0 ? utf8 : Arrays.copyOfRange(utf8, mark, utf8.length);
        try {
            Reader reader = new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8);
            return new StrictJson(file, start + mark, json, JSON.createParser(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void beginObject(String what) {
        verify(next() == JsonToken.START_OBJECT, "%s must be an object", what);
    }

    /** The next key of the open object; empty at its end. */
    Optional<String> key() {
        return next() == JsonToken.END_OBJECT ? Optional.empty() : Optional.of(string());
    }

    String text(String what) {
        verify(next() == JsonToken.VALUE_STRING, "%s must be a text", what);
        return string();
    }

    /** Whole numbers of at least 0 in an array, which is that of a shape or shorter. */
    long[] wholes(String what) {
        verify(next() == JsonToken.START_ARRAY, "%s must be an array of whole numbers", what);
        long[] values = new long[TensorShape.MOST_DIMENSIONS];
        int count = 0;
        while (next() != JsonToken.END_ARRAY) {
            verify(count < values.length, "%s has more than %s numbers", what, values.length);
            values[count++] = whole(what);
        }
        return Arrays.copyOf(values, count);
    }

    /** Passes over a value, whatever it is. */
    void skip() {
        next();
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** Checks that nothing but white space follows. */
    void end() {
        verify(next() == null, "something follows the end of the JSON");
    }

    void verify(boolean condition, String problem, Object... values) {
        if (!condition) {
            MalformedCheckpointException.verify(false, file, offset(), problem, values);
        }
    }

    private long whole(String what) {
        try {
            boolean fits = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && parser.getLongValue() >= 0;
            verify(fits, "%s must hold whole numbers from 0 to 2^63 - 1", what);
            return parser.getLongValue();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private String string() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private MalformedCheckpointException malformed(IOException e) {
        String problem = e instanceof JsonProcessingException json ? JsonProblem.reason(json) : String.valueOf(e);
        return new MalformedCheckpointException(file, "not valid JSON: " + problem + " (byte offset " + offset() + ")");
    }

    /** The byte at which the parser is, which counts characters as Java does: two for what takes four bytes. */
    private long offset() {
        long characters = parser.currentLocation().getCharOffset();
        int at = 0;
        for (long passed = 0; at < utf8.length && (passed < characters || isContinuation(utf8[at])); at++) {
            if (!isContinuation(utf8[at])) {
                passed += (utf8[at] & 0xf8) == 0xf0 ? 2 : 1;
            }
        }
        return start + at;
    }

    private static boolean isContinuation(byte unit) {
        return (unit & 0xc0) == 0x80;
    }
}
