package io.github.deqa4j.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.file.JsonProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A table in JSON: an array of flat objects, or an object of flat objects whose keys are the images. */
final class JsonTable implements Table {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final String keyColumn;
    private final String text;

    private JsonTable(Path file, String keyColumn, String text) {
        this.file = file;
        this.keyColumn = keyColumn;
        this.text = text;
    }

    /**
     * Reads a file.
     *
     * @param keyColumn the column that the keys of an object of objects stand for
     */
    static JsonTable read(Path file, String keyColumn) {
        return new JsonTable(file, keyColumn, TextFile.read(file));
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public void require(String... columns) {
        // every object names its own fields, so a missing one is found with its row
    }

    @Override
    public void refuseOtherCase(String column) {
        // likewise
    }

    @Override
    public void forEach(Consumer<Row> row) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                elements(parser, row);
            } else if (first == JsonToken.START_OBJECT) {
                fields(parser, row);
            } else {
                throw Location.line(file, 1).error("the file holds neither a JSON array nor an object");
            }
            if (parser.nextToken() != null) {
                throw place(parser).error("something stands after the end of the JSON value");
            }
        } catch (JsonProcessingException e) {
            throw new InvalidDataException(file, JsonProblem.sentence(e));
        } catch (IOException e) {
            throw Location.line(file, 1).error("the file cannot be read: " + Excerpt.reason(e));
        }
    }

    private void elements(JsonParser parser, Consumer<Row> row) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Location place = place(parser);
            JsonNode fields = object(place, parser);
            row.accept(new Row(place, column -> cell(place, fields, column)));
        }
    }

    private void fields(JsonParser parser, Consumer<Row> row) throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            Location place = place(parser);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw place.error(
                        "the field " + Excerpt.quoted(key) + " holds no object; wanted is an array of objects, or an"
                                + " object of objects whose keys are the images, and not JSON lines or a single row");
            }
            JsonNode fields = object(place, parser);
            String image = key;
            row.accept(new Row(place, column -> column.equals(keyColumn) ? image : cell(place, fields, column)));
        }
    }

    private Location place(JsonParser parser) {
        return Location.line(file, parser.currentTokenLocation().getLineNr());
    }

    private static JsonNode object(Location place, JsonParser parser) throws IOException {
        JsonNode node = JSON.readTree(parser);
        if (!node.isObject()) {
            throw place.error("there is " + Excerpt.quoted(node.toString()) + " where an object of fields must stand");
        }
        return node;
    }

    private static void refuseOtherCase(Location place, JsonNode fields, String column) {
        fields.fieldNames().forEachRemaining(name -> {
            if (name.equalsIgnoreCase(column)) {
                throw place.error(
                        "there is no " + Excerpt.quoted(column) + "; did you mean " + Excerpt.quoted(name) + "?");
            }
        });
    }

    private static @Nullable String cell(Location place, JsonNode fields, String column) {
        JsonNode value = fields.get(column);
        if (value == null) {
            refuseOtherCase(place, fields, column);
            return null;
        }
        if (value.isNull()) {
            return null;
        }
        if (value.isContainerNode()) {
            throw place.error(
                    Excerpt.quoted(column) + " holds " + Excerpt.quoted(value.toString()) + "; it must be one value");
        }
        return value.asText();
    }
}
