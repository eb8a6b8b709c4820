package io.github.deqa4j.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of network, by the {@code model_type} of their {@code config.json}. */
public enum ModelType {
    /** The network of DeQA-Score and Q-Align. */
    MPLUG_OWL2,
    /** The small network. */
    DEQA_COMPACT;

    static final String KEY = "model_type";

    /**
     * The kind that a {@code config.json} describes: {@link #MPLUG_OWL2} where it does not say.
     *
     * @throws InvalidConfigException if the file names a kind that is not known
     */
    public static ModelType read(ConfigNode node) {
        List<String> words = Arrays.stream(values()).map(ModelType::word).toList();
        return valueOf(node.word(KEY, words, MPLUG_OWL2.word()).toUpperCase(Locale.ROOT));
    }

    /** How the file calls it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
