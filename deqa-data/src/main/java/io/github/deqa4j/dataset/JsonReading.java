package io.github.deqa4j.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.file.JsonProblem;
import io.github.deqa4j.file.Utf8Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads JSON files element by element, so that only one element is in memory at a time. */
final class JsonReading {
    /** Accepts the bare NaN that Python writes, and refuses a key that occurs twice. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final ObjectReader LINE = JSON.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonReading() {}

    /**
     * Calls for each field of the object that a file holds; the entry's place is the key.
     *
     * @param wanted what file is wanted and who writes it, for the message where this is another
     */
    static void fields(Path file, String wanted, Consumer<JsonEntry> field) {
        read(file, parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw another(file, parser, "a JSON object", wanted);
            }
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                parser.nextToken();
                field.accept(new JsonEntry(file, Excerpt.quoted(key), key, JSON.readTree(parser)));
            }
        });
    }

    /**
     * Calls for each element of the array that a file holds; the entry's place is the row, counted from 1.
     *
     * @param wanted what file is wanted and who writes it, for the message where this is another
     */
    static void elements(Path file, String wanted, Consumer<JsonEntry> element) {
        read(file, parser -> {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw another(file, parser, "a JSON array", wanted);
            }
            for (int row = 1; parser.nextToken() != JsonToken.END_ARRAY; row++) {
                element.accept(new JsonEntry(file, "row " + row, "", JSON.readTree(parser)));
            }
        });
    }

    /** A line of a file of JSON lines. */
    static JsonEntry line(Path file, int number, String line) {
        return line(file, number, line, "");
    }

    /**
     * The same.
     *
     * @param ifCutShort the end of the message where the line is the start of a longer one
     */
    static JsonEntry line(Path file, int number, String line, String ifCutShort) {
        try {
            return new JsonEntry(file, "line " + number, "", LINE.readTree(line));
        } catch (JsonProcessingException e) {
            throw new InvalidDataException(
                    file, JsonProblem.sentence(e, number) + (JsonProblem.isCutShort(e) ? ifCutShort : ""));
        }
    }

    private static void read(Path file, Body body) {
        try (BufferedReader text = Utf8Text.open(file);
                JsonParser parser = JSON.createParser(text)) {
            body.read(parser);
            if (parser.nextToken() != null) {
                throw new InvalidDataException(
                        file,
                        "something stands after the end of the JSON value"
                                + (parser.currentToken() == JsonToken.START_OBJECT
                                        ? ": the file seems to hold JSON lines, where one value is wanted"
                                        : ""));
            }
        } catch (JsonProcessingException e) {
            throw new InvalidDataException(file, JsonProblem.sentence(e));
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
    }

    /** The error for a file that holds something else than wanted. */
    private static InvalidDataException another(Path file, JsonParser parser, String form, String wanted)
            throws IOException {
        JsonToken first = parser.currentToken();
        String found = first == null ? "nothing" : first == JsonToken.START_ARRAY ? "a JSON array" : "a single value";
        if (first == JsonToken.START_OBJECT) {
            parser.skipChildren();
            found = parser.nextToken() == JsonToken.START_OBJECT
                    ? "JSON lines, an object on each line as results have it"
                    : "a JSON object";
        }
        return new InvalidDataException(file, "the file holds " + found + "; wanted is " + wanted + ", " + form);
    }

    private interface Body {
        void read(JsonParser parser) throws IOException;
    }
}
