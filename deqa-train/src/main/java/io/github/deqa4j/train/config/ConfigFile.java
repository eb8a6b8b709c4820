package io.github.deqa4j.train.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.config.ModelType;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.file.Utf8Text;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads and prints {@link TrainingConfig} as YAML. */
public final class ConfigFile {
    private static final long MAX_BYTES = 1 << 20;
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(EnumModule.module())
            .build();

    private static final Pattern POSITION = Pattern.compile("line (\\d+), column");

    private ConfigFile() {}

    /**
     * Reads a file. A setting that it leaves out has its default value.
     *
     * @param overrides settings that replace those of the file, each {@code a.b=c} with c in YAML
     * @param source where the overrides come from, as messages about them begin
     * @throws DeqaException if the file is missing, no YAML, has an unknown key (the message says the nearest known one) or a
     *     value of the wrong kind or out of its range
     */
    public static TrainingConfig read(Path file, List<String> overrides, String source) {
        ObjectNode own = about(file, () -> settings(parse(file)));
        TrainingConfig config;
        try {
            config = convert(merge(own, overrides));
        } catch (DeqaException e) {
            about(file, () -> convert(merge(own, List.of()))); // the file may be wrong without the overrides
            throw new DeqaException(source + ": " + e.getMessage(), e);
        }
        return about(file, () -> {
            config.requireComplete();
            return config;
        });
    }

    private static <T> T about(Path file, Supplier<T> work) {
        try {
            return work.get();
        } catch (DeqaException e) {
            throw new DeqaException(file + ": " + e.getMessage(), e);
        }
    }

    private static ObjectNode settings(JsonNode written) {
        return written.isMissingNode() || written.isNull() ? YAML.createObjectNode() : requireObject(written);
    }

    /** All settings as a YAML text that {@link #read} gives the same settings for. */
    public static String print(TrainingConfig config) {
        try {
            return YAML.writeValueAsString(tree(config));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every setting by its dotted key, as text. */
    public static Map<String, String> flat(TrainingConfig config) {
        return ConfigTree.flat(tree(config)).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toString()));
    }

    /** What is written, over the defaults that go with the network and with pairs or single images. */
    private static ObjectNode merge(ObjectNode written, List<String> overrides) {
        ObjectNode first = merge(written, overrides, TrainingConfig.defaults(ModelType.MPLUG_OWL2, true));
        return merge(
                written,
                overrides,
                TrainingConfig.defaults(
                        ModelSettings.kind(first.path("model").path("base").asText()),
                        first.path("data").path("pairs").asBoolean(true)));
    }

    private static ObjectNode merge(ObjectNode written, List<String> overrides, TrainingConfig defaults) {
        ObjectNode whole = tree(defaults);
        ConfigTree tree = new ConfigTree(YAML.valueToTree(DataSettings.DataSet.template()));
        tree.overlay(whole, written, "");
        for (String override : overrides) {
            tree.overlay(whole, override(override), "");
        }
        return whole;
    }

    private static ObjectNode override(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new DeqaException(Excerpt.quoted(text) + " is no setting; write it as a.b=c");
        }
        String value = text.substring(equals + 1);
        try {
            JsonNode node = value.isBlank() ? YAML.getNodeFactory().textNode("") : YAML.readTree(value);
            return ConfigTree.single(YAML.createObjectNode(), text.substring(0, equals), node);
        } catch (JsonProcessingException e) {
            throw new DeqaException(
                    Excerpt.quoted(text) + " is no setting: what is behind the = is not a value in YAML", e);
        }
    }

    private static TrainingConfig convert(ObjectNode whole) {
        try {
            return YAML.treeToValue(whole, TrainingConfig.class);
        } catch (JsonProcessingException e) {
            throw explained(e, whole);
        }
    }

    private static DeqaException explained(JsonProcessingException e, JsonNode whole) {
        if (e.getCause() instanceof DeqaException cause) {
            return cause;
        }
        String key = e instanceof JsonMappingException mapping ? key(mapping) : "";
        JsonNode found = whole.at("/" + key.replaceAll("\\[(\\d+)]", ".$1").replace('.', '/'));
        Class<?> target = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : Object.class;
        return new DeqaException(
                Excerpt.quoted(key) + " is " + Excerpt.of(found) + "; it must be " + expected(target), e);
    }

    private static String key(JsonMappingException e) {
        StringBuilder key = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                key.append('[').append(step.getIndex()).append(']');
            } else {
                key.append(key.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return key.toString();
    }

    private static String expected(Class<?> target) {
        if (target.isEnum()) {
            return "one of " + EnumModule.words(target);
        }
        return Optional.ofNullable(Map.<Class<?>, String>of(
                                int.class, "a whole number that 32 bits hold",
                                long.class, "a whole number",
                                double.class, "a number",
                                boolean.class, "true or false",
                                String.class, "a text")
                        .get(target))
                .orElse("of another kind");
    }

    private static ObjectNode tree(TrainingConfig config) {
        return YAML.valueToTree(config);
    }

    /** The parser first says what it was reading and then, on a line of its own, what is wrong and where. */
    private static String fault(JsonProcessingException e) {
        List<String> lines = e.getOriginalMessage().lines().map(String::strip).toList();
        String wrong = lines.get(0);
        String place = "line " + e.getLocation().getLineNr();
        for (String line : lines) {
            Matcher position = POSITION.matcher(line);
            if (position.find()) {
                place = "line " + position.group(1);
            } else if (line.matches("(found|could not|expected|mapping|block|sequence).*")) {
                wrong = line;
            }
        }
        boolean tab = wrong.contains("TAB");
        return (tab ? "a line is indented with a tab; use spaces" : Excerpt.of(wrong)) + " (" + place + ")";
    }

    private static ObjectNode requireObject(JsonNode written) {
        if (written instanceof ObjectNode object) {
            return object;
        }
        throw new DeqaException("the file holds no settings; write \"key: value\" lines");
    }

    private static JsonNode parse(String text) throws IOException {
        requirePlain(text);
        return YAML.readTree(text);
    }

    /** The tree would take the name of an alias for a text, and read the first document alone. */
    private static void requirePlain(String text) throws IOException {
        try (YAMLParser parser = YAML.getFactory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser.isCurrentAlias()) {
                    throw new DeqaException(
                            "line " + parser.currentTokenLocation().getLineNr() + " has the alias *"
                                    + Excerpt.of(parser.getText()) + "; write the value itself");
                }
                if (parser.getParsingContext().inRoot() && token.isStructEnd() && parser.nextToken() != null) {
                    throw new DeqaException("line "
                            + parser.currentTokenLocation().getLineNr() + " begins a second document; write one");
                }
            }
        }
    }

    private static JsonNode parse(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new DeqaException("the file is larger than 1 MiB; a settings file is not");
            }
            return parse(Utf8Text.decode(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            throw new DeqaException("not valid YAML: " + fault(e), e);
        } catch (CharacterCodingException e) {
            throw new DeqaException("the file is no text in UTF-8; save it as such", e);
        } catch (IOException e) {
            throw new DeqaException("the file is missing or cannot be read", e);
        }
    }
}
