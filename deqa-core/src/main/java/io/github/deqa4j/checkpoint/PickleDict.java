package io.github.deqa4j.checkpoint;

import io.github.deqa4j.file.Excerpt;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A dictionary of a pickle, ordered or not, with texts for keys. Without equality, for the reason of tuples. */
final class PickleDict {
    private final Map<String, Object> items = new LinkedHashMap<>();

    void put(PickleInput input, Object key, Object value) {
        input.verify(key instanceof String, "a key of a dictionary is not a text; checkpoints have names for keys");
        String name = (String) key;
        input.verify(items.put(name, value) == null, "the key %s stands twice in a dictionary", Excerpt.quoted(name));
    }

    Map<String, Object> items() {
        return Collections.unmodifiableMap(items);
    }
}
