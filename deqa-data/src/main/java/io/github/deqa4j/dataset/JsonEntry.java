package io.github.deqa4j.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.score.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value in a file and its place. Each error is an {@link InvalidDataException} that names the file, the place, the key
 * and the value.
 *
 * @param where the place, to start a sentence with: {@code row 3}
 * @param key the key of a field; empty elsewhere
 */
record JsonEntry(Path file, String where, String key, JsonNode node) {
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    JsonEntry requireObject() {
        return require(node.isObject(), "is " + shown(node) + "; it must be an object");
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    JsonEntry child(String name) {
        return new JsonEntry(file, where + ", \"" + name + "\"", name, required(name));
    }

    /** The elements of an array, in order. */
    List<JsonEntry> elements() {
        require(node.isArray(), "is " + shown(node) + "; it must be an array");
        List<JsonEntry> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonEntry(file, where + ", element " + (i + 1), "", node.get(i)));
        }
        return elements;
    }

    String text() {
        require(node.isTextual() && !node.textValue().isBlank(), "is " + shown(node) + "; it must be a text");
        return node.textValue();
    }

    String text(String name) {
        return child(name).text();
    }

    /** A finite number. */
    double number(String name) {
        JsonNode value = required(name);
        require(
                value.isNumber() && Double.isFinite(value.doubleValue()),
                "has " + shown(value) + " for \"" + name + "\"; it must be a finite number");
        return value.doubleValue();
    }

    /** A finite number of at least 0; absent where the key is absent, null or NaN. */
    OptionalDouble spread(String name) {
        if (!has(name) || isNaN(node.get(name))) {
            return OptionalDouble.empty();
        }
        double value = number(name);
        require(value >= 0, "has " + value + " for \"" + name + "\"; a standard deviation cannot be negative");
        return OptionalDouble.of(value);
    }

    /** A number written as text or bare, as the file writes it. */
    String decimal(String name) {
        JsonNode value = required(name);
        String text = value.isTextual() ? value.textValue().strip() : value.asText();
        require(
                (value.isTextual() || value.isNumber()) && DECIMAL.matcher(text).matches(),
                "has " + shown(value) + " for \"" + name + "\"; it must be a finite number with a decimal point");
        return text;
    }

    /** Five finite numbers in an array, excellent to bad. */
    LevelValues levelArray(String name) {
        JsonNode array = required(name);
        boolean fits = array.isArray() && array.size() == Level.ALL.size();
        double[] values = new double[Level.ALL.size()];
        for (int i = 0; fits && i < values.length; i++) {
            values[i] = array.get(i).doubleValue();
            fits = array.get(i).isNumber() && Double.isFinite(values[i]);
        }
        require(
                fits,
                "has " + shown(array) + " for \"" + name + "\"; it must be five finite numbers, excellent to bad");
        return LevelValues.of(values);
    }

    /** Whether the key is absent, null, or an array of nulls and NaNs alone. */
    boolean isVoid(String name) {
        if (!has(name)) {
            return true;
        }
        for (JsonNode value : node.get(name)) {
            if (!value.isNull() && !isNaN(value)) {
                return false;
            }
        }
        return node.get(name).isArray() && !node.get(name).isEmpty();
    }

    /** Whether the key holds a NaN somewhere. */
    boolean hasNaN(String name) {
        if (!has(name)) {
            return false;
        }
        boolean found = isNaN(node.get(name));
        for (JsonNode value : node.get(name)) {
            found |= isNaN(value);
        }
        return found;
    }

    /** An object with a finite number for each level word. */
    LevelValues levelObject(String name) {
        JsonEntry levels = child(name).requireObject();
        double[] values = Level.ALL.stream()
                .mapToDouble(level -> levels.number(level.word()))
                .toArray();
        return LevelValues.of(values);
    }

    Optional<LevelValues> optionalLevelObject(String name) {
        return has(name) ? Optional.of(levelObject(name)) : Optional.empty();
    }

    /** Builds a value from this entry. The message of an error of its constructor is put after this place. */
    <T> T build(Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (InvalidDataException e) {
            throw e;
        } catch (DeqaException e) {
            throw new InvalidDataException(file, where + ": " + e.getMessage());
        }
    }

    InvalidDataException problem(String problem) {
        return new InvalidDataException(file, where + " " + problem);
    }

    private JsonNode required(String name) {
        requireObject();
        require(has(name), "has no \"" + name + "\"; the file cannot be used without it");
        return node.get(name);
    }

    private JsonEntry require(boolean condition, String problem) {
        if (!condition) {
            throw problem(problem);
        }
        return this;
    }

    private static boolean isNaN(JsonNode value) {
        return value.isNumber() && Double.isNaN(value.doubleValue());
    }

    private static String shown(@Nullable JsonNode value) {
        return Excerpt.of(value != null && value.isNumber() ? value.asText() : value);
    }
}
