package io.github.deqa4j.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.file.JsonProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An object in a JSON settings file, read key by key. Every complaint is an {@link InvalidConfigException} that names
 * the file, the key with its path, what stands there and what was expected. Which keys were asked for is remembered, so that
 * {@link #refuseOthers} knows those that nobody understands.
 */
public final class ConfigNode {
    private static final int MAX_LAYERS = 1000;
    private static final long MAX_BYTES = 16L << 20;

    /** Texts that ask for nothing, as transformers and PEFT write them. */
    private static final Set<String> NOTHING = Set.of("", "none", "default");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    // A file of a million names took half a minute.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String file;
    private final String path;
    private final JsonNode node;
    private final Set<String> asked = new HashSet<>();

    private ConfigNode(String file, String path, JsonNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /**
     * Reads a file whose top level is an object.
     *
     * @throws InvalidConfigException if the file is missing, larger than 16 MiB, or not a JSON object
     */
    public static ConfigNode read(Path file) {
        return read(file.toString(), content(file));
    }

    /**
     * Reads a file that is in memory already.
     *
     * @param file what messages call it
     * @throws InvalidConfigException if it is not a JSON object
     */
    public static ConfigNode read(String file, byte[] content) {
        JsonNode node = parse(file, content);
        if (!node.isObject()) {
            throw new InvalidConfigException(file, "the file does not hold a JSON object");
        }
        return new ConfigNode(file, "", node);
    }

    private static JsonNode parse(String file, byte[] content) {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException e) {
            throw new InvalidConfigException(file, "not valid JSON: " + JsonProblem.reason(e) + place(e));
        } catch (IOException e) {
            throw new InvalidConfigException(file, "not valid JSON: " + e.getMessage());
        }
    }

    private static String place(JsonProcessingException e) {
        JsonLocation location = e.getLocation(); // null where a limit of the parser is passed
        return location == null ? "" : " (byte offset " + location.getByteOffset() + ")";
    }

    private static byte[] content(Path file) {
        try {
            if (Files.exists(file)
                    && !Files.isRegularFile(file)
                    && !Files.isDirectory(file)) { // a pipe would be waited for
                throw new InvalidConfigException(file.toString(), "this is a pipe, a socket or a device and no file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new InvalidConfigException(
                        file.toString(), "the file is larger than 16 MiB; a settings file is not");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidConfigException(file.toString(), "the file is missing or cannot be read");
        }
    }

    public boolean has(String key) {
        asked.add(key);
        return node.hasNonNull(key);
    }

    /**
     * Whether a key asks for something: it is there, and its value is not null, false, an empty text, array or object, nor the
     * text {@code none} or {@code default}.
     */
    public boolean says(String key) {
        return has(key) && !isNothing(node.get(key));
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isTextual() && NOTHING.contains(value.textValue()))
                || (value.isContainerNode() && value.isEmpty());
    }

    public boolean isObject(String key) {
        return node.path(key).isObject();
    }

    public boolean isText(String key) {
        return node.path(key).isTextual();
    }

    /** All keys, in their order. */
    public List<String> keys() {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** All keys with their values, and one that is added, or replaced. */
    Map<String, Object> with(String key, Object value) {
        Map<String, Object> tree = new LinkedHashMap<>();
        node.properties().forEach(property -> tree.put(property.getKey(), property.getValue()));
        tree.put(key, value);
        return tree;
    }

    /** The object under a key. */
    public ConfigNode object(String key) {
        JsonNode child = required(key);
        expect(child.isObject(), key, "an object");
        return new ConfigNode(file, path + Excerpt.of(key) + ".", child);
    }

    /** A whole number from 1 to 2³¹ − 1. */
    public int positiveInt(String key) {
        JsonNode child = required(key);
        expect(
                child.isIntegralNumber() && child.canConvertToInt() && child.intValue() > 0,
                key,
                "a positive whole number");
        return child.intValue();
    }

    /** The number of a network's layers: a whole number from 1 to 1000, so that a damaged file cannot ask for a billion. */
    public int layers(String key) {
        int count = positiveInt(key);
        expect(count <= MAX_LAYERS, key, "at most " + MAX_LAYERS);
        return count;
    }

    /** A whole number of at least 1; a default where the key is absent or null. */
    public int positiveInt(String key, int absent) {
        return has(key) ? positiveInt(key) : absent;
    }

    /** A finite number above 0. */
    public double positive(String key) {
        JsonNode child = required(key);
        double value = child.doubleValue();
        expect(child.isNumber() && Double.isFinite(value) && value > 0, key, "a positive number");
        return value;
    }

    /** A finite number above 0; a default where the key is absent or null. */
    public double positive(String key, double absent) {
        return has(key) ? positive(key) : absent;
    }

    /** A text, and not an empty one. */
    public String text(String key) {
        JsonNode child = required(key);
        expect(child.isTextual() && !child.textValue().isEmpty(), key, "a text");
        return child.textValue();
    }

    /** Texts in an array, or a single one; none where the key {@linkplain #says says nothing}. */
    public List<String> texts(String key) {
        if (!says(key)) {
            return List.of();
        }
        List<JsonNode> items = items(key);
        expect(items.stream().allMatch(JsonNode::isTextual), key, "a text or an array of texts");
        return items.stream().map(JsonNode::textValue).toList();
    }

    /** Whole numbers of at least 0 in an array, or a single one; none where the key {@linkplain #says says nothing}. */
    public List<Integer> wholes(String key) {
        if (!says(key)) {
            return List.of();
        }
        List<JsonNode> items = items(key);
        expect(
                items.stream().allMatch(item -> item.isInt() && item.intValue() >= 0),
                key,
                "a whole number or an array of whole numbers");
        return items.stream().map(JsonNode::intValue).toList();
    }

    private List<JsonNode> items(String key) {
        JsonNode child = node.get(key);
        return child.isArray() ? List.copyOf(child.valueStream().toList()) : List.of(child);
    }

    /** The objects in an array of at least one. */
    public List<ConfigNode> objects(String key) {
        JsonNode child = required(key);
        expect(child.isArray() && !child.isEmpty(), key, "an array of objects");
        return IntStream.range(0, child.size())
                .mapToObj(i -> {
                    expect(child.get(i).isObject(), key, "an array of objects");
                    return new ConfigNode(file, path + key + "[" + i + "].", child.get(i));
                })
                .toList();
    }

    /** A number of at least 0 and below 1. */
    public double share(String key) {
        JsonNode child = required(key);
        double value = child.doubleValue();
        expect(child.isNumber() && value >= 0 && value < 1, key, "a number from 0 to below 1");
        return value;
    }

    /** Numbers, exactly so many. */
    public double[] numbers(String key, int count) {
        JsonNode child = required(key);
        boolean fits = child.isArray() && child.size() == count;
        double[] values = new double[count];
        for (int i = 0; fits && i < count; i++) {
            values[i] = child.get(i).doubleValue();
            fits = child.get(i).isNumber() && Double.isFinite(values[i]);
        }
        expect(fits, key, "an array of " + count + " numbers");
        return values;
    }

    /** One of some words; a default where the key is absent or null. */
    public String word(String key, List<String> words, String absent) {
        if (!has(key)) {
            return absent;
        }
        String known = words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(" or "));
        expect(node.get(key).isTextual() && words.contains(node.get(key).textValue()), key, known);
        return node.get(key).textValue();
    }

    /** An array of texts, all of which must be the only one supported; an absent key means that one. */
    public void requireEach(String key, String supported) {
        boolean fits = !says(key);
        if (!fits && node.get(key).isArray()) {
            fits = true;
            for (JsonNode item : node.get(key)) {
                fits &= item.asText().equals(supported);
            }
        }
        expect(fits, key, "an array of \"" + supported + "\", which alone is supported");
    }

    /** A text, which must be the only one supported; an absent key means that one. */
    public void requireText(String key, String supported) {
        expect(
                !has(key) || node.get(key).asText().equals(supported),
                key,
                "\"" + supported + "\", which alone is supported");
    }

    /** A switch; a default where the key is absent or null. */
    public boolean flag(String key, boolean absent) {
        expect(!has(key) || node.get(key).isBoolean(), key, "true or false");
        return has(key) ? node.get(key).booleanValue() : absent;
    }

    /** A switch, which must stand as the only supported way; an absent key means that one. */
    public void requireFlag(String key, boolean supported) {
        expect(
                !has(key) || node.get(key).equals(JSON.getNodeFactory().booleanNode(supported)),
                key,
                supported + ", which alone is supported");
    }

    /** A key that must not {@linkplain #says say anything}, because what it asks for is not supported. */
    public void requireNothing(String key) {
        expect(!says(key), key, "null or absent; what it asks for is not supported");
    }

    /** A number that must be 1, because it multiplies; an absent key means 1. */
    public void requireOne(String key) {
        expect(!has(key) || positive(key) == 1, key, "1, which alone is supported");
    }

    /**
     * Refuses a key that nobody asked for and nobody knows, where its value {@linkplain #says says something}: what is passed
     * over must not change a result.
     *
     * @param harmless keys that are known to change none
     */
    public void refuseOthers(Predicate<String> harmless) {
        node.properties().forEach(property -> {
            String key = property.getKey();
            boolean known = asked.contains(key) || harmless.test(key) || isNothing(property.getValue());
            require(
                    known,
                    key,
                    "is " + Excerpt.of(property.getValue())
                            + "; this key is not known, and what it asks for could change the scores; remove it if it"
                            + " cannot");
        });
    }

    /**
     * Checks a rule between keys.
     *
     * @param problem the end of a sentence that starts with the key
     */
    public void require(boolean condition, String key, String problem) {
        if (!condition) {
            throw new InvalidConfigException(file, "\"" + path + Excerpt.of(key) + "\" " + problem);
        }
    }

    /** What messages call the file. */
    public String file() {
        return file;
    }

    private JsonNode required(String key) {
        require(has(key), key, "is missing; the file cannot be used without it");
        return node.get(key);
    }

    private void expect(boolean condition, String key, String expected) {
        require(condition, key, "is " + Excerpt.of(node.get(key)) + "; it must be " + expected);
    }
}
