package io.github.deqa4j.torch.lora;

import io.github.deqa4j.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A value that may differ from layer to layer, as in PEFT: keys are regular expressions for the whole name of a layer or the end of it
 * after a dot, and the first that matches counts.
 */
final class LayerValues<T> {
    private final T usual;
    private final Map<LayerPattern, T> own;

    private LayerValues(T usual, Map<LayerPattern, T> own) {
        this.usual = usual;
        this.own = own;
    }

    /**
     * Reads the object under a key. Layers that it does not name have the usual value.
     *
     * @param value reads the value under a key of that object
     */
    static <T> LayerValues<T> read(ConfigNode root, String key, T usual, BiFunction<ConfigNode, String, T> value) {
        Map<LayerPattern, T> own = new LinkedHashMap<>();
        if (root.says(key)) {
            ConfigNode node = root.object(key);
            node.keys()
                    .forEach(expression -> own.put(
                            new LayerPattern(node, expression, "(?:.*\\.)?(?:", expression, ")"),
                            value.apply(node, expression)));
        }
        return new LayerValues<>(usual, own);
    }

    T of(String layer) {
        return own.entrySet().stream()
                .filter(entry -> entry.getKey().matches(layer))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(usual);
    }
}
