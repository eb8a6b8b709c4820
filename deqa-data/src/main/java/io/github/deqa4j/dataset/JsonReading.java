package io.github.deqa4j.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.file.JsonProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads JSON files piece by piece, so that memory follows what is kept and not what a file claims. */
final class JsonReading {
    /** Accepts the bare NaN that Python writes, and refuses a key that stands twice. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final ObjectReader LINE = JSON.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private JsonReading() {}

    /**
     * Calls for each field of the object that a file holds; the entry's place is the key.
     *
     * @param wanted what file is wanted and who writes it, for the message where this is another
     */
    static void fields(Path file, String wanted, Consumer<JsonEntry> field) {
        read(file, parser -> {
            require(
                    parser.nextToken() == JsonToken.START_OBJECT,
                    file,
                    "the file does not hold a JSON object; wanted is " + wanted);
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                parser.nextToken();
                field.accept(new JsonEntry(file, "\"" + key + "\"", key, JSON.readTree(parser)));
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
            require(
                    parser.nextToken() == JsonToken.START_ARRAY,
                    file,
                    "the file does not hold a JSON array; wanted is " + wanted);
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
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                JsonParser parser = JSON.createParser(withoutMark(text))) {
            body.read(parser);
            require(parser.nextToken() == null, file, "something stands after the end of the JSON value");
        } catch (JsonProcessingException e) {
            throw new InvalidDataException(file, JsonProblem.sentence(e));
        } catch (CharacterCodingException e) {
            throw new InvalidDataException(file, "the file is in another encoding than UTF-8; save it as UTF-8");
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file);
        }
    }

    /** The text behind the byte order mark that some editors write. */
    private static Reader withoutMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    private static void require(boolean condition, Path file, String problem) {
        if (!condition) {
            throw new InvalidDataException(file, problem);
        }
    }

    private interface Body {
        void read(JsonParser parser) throws IOException;
    }
}
