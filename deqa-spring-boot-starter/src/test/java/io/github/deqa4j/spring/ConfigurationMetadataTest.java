package io.github.deqa4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.testkit.Checkout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** What an editor shows of the properties, and what the document says of them. */
class ConfigurationMetadataTest {
    private static final List<String> PROPERTIES = Stream.of(DeqaProperties.class.getRecordComponents())
            .map(component -> "deqa." + DataObjectPropertyName.toDashedForm(component.getName()))
            .toList();

    @Test
    void everyPropertyIsDescribed() throws IOException {
        Map<String, JsonNode> described = byName(metadata().get("properties"));

        assertThat(described).containsKeys(PROPERTIES.toArray(String[]::new));
        described.forEach((name, property) ->
                assertThat(property.path("description").textValue()).as(name).isNotBlank());
        assertThat(Objects.requireNonNull(described.get("deqa.max-passes"))
                        .get("defaultValue")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void everyPrecisionIsHinted() throws IOException {
        Map<String, JsonNode> hints = byName(metadata().get("hints"));
        List<Precision> precisions = new ArrayList<>();
        Objects.requireNonNull(hints.get("deqa.precision"))
                .get("values")
                .forEach(value ->
                        precisions.add(Precision.parse(value.get("value").textValue())));

        assertThat(precisions).containsExactly(Precision.values());
        assertThat(hints).containsKeys("deqa.model", "deqa.device", "deqa.prompt", "deqa.batch");
    }

    @Test
    void theDocumentHasARowForEveryProperty() throws IOException {
        String document = Files.readString(Checkout.root().resolve("docs/spring.md"));

        assertThat(PROPERTIES).allSatisfy(property -> assertThat(document).contains("| `" + property + "` |"));
    }

    private static Map<String, JsonNode> byName(JsonNode list) {
        Map<String, JsonNode> entries = new HashMap<>();
        list.forEach(entry -> entries.put(entry.get("name").textValue(), entry));
        return entries;
    }

    private static JsonNode metadata() throws IOException {
        String name = "META-INF/spring-configuration-metadata.json";
        for (var file : Collections.list(
                ConfigurationMetadataTest.class.getClassLoader().getResources(name))) {
            try (InputStream stream = file.openStream()) {
                JsonNode metadata = new ObjectMapper().readTree(stream);
                if (metadata.toString().contains("\"deqa.model\"")) {
                    return metadata;
                }
            }
        }
        throw new AssertionError(name + " of this module is not there");
    }
}
