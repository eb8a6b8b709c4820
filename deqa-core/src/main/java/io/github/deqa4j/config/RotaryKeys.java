package io.github.deqa4j.config;

import java.util.List;

/**
 * The keys that describe rotary positions, in the spelling of transformers 4 ({@code rope_theta}, {@code rope_scaling}) and of
 * transformers 5 ({@code rope_parameters}, which may hold an object for each kind of layer). Positions that are stretched, or
 * that turn only a part of each head, are refused.
 */
final class RotaryKeys {
    private static final double DEFAULT_BASE = 10_000;
    private static final String BASE = "rope_theta";

    private double base = Double.NaN;

    private RotaryKeys() {}

    /**
     * The base of the frequencies; 10,000 where the file gives none.
     *
     * @throws InvalidConfigException if it is given twice and differently, or something else is asked for
     */
    static double base(ConfigNode root) {
        RotaryKeys keys = new RotaryKeys();
        keys.read(root);
        List.of("rope_parameters", "rope_scaling").stream()
                .filter(root::says)
                .forEach(key -> keys.readObject(root.object(key)));
        return Double.isNaN(keys.base) ? DEFAULT_BASE : keys.base;
    }

    private void readObject(ConfigNode node) {
        List.of("rope_type", "type").stream().filter(node::says).forEach(type -> node.requireText(type, "default"));
        node.requireOne("factor");
        node.requireOne("attention_factor");
        read(node);
        node.keys().stream().filter(node::isObject).forEach(kind -> readObject(node.object(kind)));
        node.refuseOthers(key -> key.equals("original_max_position_embeddings"));
    }

    private void read(ConfigNode node) {
        node.requireOne("partial_rotary_factor");
        if (node.has(BASE)) {
            double given = node.positive(BASE);
            node.require(
                    Double.isNaN(base) || base == given,
                    BASE,
                    "is " + given + ", but elsewhere in the file it is " + base + "; they must be equal");
            base = given;
        }
    }
}
