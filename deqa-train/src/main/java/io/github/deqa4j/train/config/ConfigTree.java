package io.github.deqa4j.train.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings as a tree: what a user wrote, laid over what holds without it. */
final class ConfigTree {
    private static final String LIST_OF_SETS = "data.sets";

    private final JsonNode setTemplate;

    /**
     * Settings with one list of objects, the data sets.
     *
     * @param setTemplate a data set with every key
     */
    ConfigTree(JsonNode setTemplate) {
        this.setTemplate = setTemplate;
    }

    /**
     * Lays settings over others.
     *
     * @param target every key there is, with its default; changed
     * @param path the key of both, with a dot behind it; empty at the top
     * @throws DeqaException if a key is unknown, or an object stands where a value should, or the other way round
     */
    void overlay(ObjectNode target, JsonNode written, String path) {
        if (!written.isObject()) {
            throw problem(
                    path.isEmpty() ? "the file" : path.substring(0, path.length() - 1),
                    written,
                    "settings, one \"key: value\" a line");
        }
        written.properties().forEach(field -> {
            String key = path + field.getKey();
            JsonNode known = target.get(field.getKey());
            if (known == null) {
                throw unknown(key, path, target);
            }
            if (known.isObject()) {
                overlay((ObjectNode) known, field.getValue(), key + ".");
            } else if (key.equals(LIST_OF_SETS)) {
                target.set(field.getKey(), sets(target.arrayNode(), field.getValue()));
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }

    /** A tree in which only one key has a value: of {@code a.b=c}, with c read as YAML by the caller. */
    static ObjectNode single(ObjectNode empty, String key, JsonNode value) {
        ObjectNode node = empty;
        String[] names = key.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            node = node.putObject(names[i]);
        }
        node.set(names[names.length - 1], value);
        return empty;
    }

    /** The values of a tree by their dotted keys. */
    static Map<String, JsonNode> flat(JsonNode tree) {
        Map<String, JsonNode> values = new TreeMap<>();
        flatten("", tree, values);
        return values;
    }

    private static void flatten(String path, JsonNode node, Map<String, JsonNode> values) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), values));
        } else {
            values.put(path, node);
        }
    }

    private ArrayNode sets(ArrayNode list, JsonNode written) {
        if (!written.isArray()) {
            throw problem(LIST_OF_SETS, written, "a list of data sets, each with meta, images and weight");
        }
        int index = 0;
        for (JsonNode set : written) {
            ObjectNode whole = setTemplate.deepCopy();
            whole.put("meta", "");
            overlay(whole, set, LIST_OF_SETS + "[" + index++ + "].");
            list.add(whole);
        }
        return list;
    }

    private static DeqaException unknown(String key, String path, ObjectNode target) {
        List<String> known = new ArrayList<>();
        target.fieldNames().forEachRemaining(known::add);
        String nearest = NearestKey.of(key.substring(path.length()), known).orElse("");
        return new DeqaException(
                "the key " + Excerpt.quoted(key) + " is unknown; the nearest known one is \"" + path + nearest + "\"");
    }

    private static DeqaException problem(String key, JsonNode found, String expected) {
        return new DeqaException(Excerpt.quoted(key) + " is " + Excerpt.of(found) + "; it must be " + expected);
    }
}
