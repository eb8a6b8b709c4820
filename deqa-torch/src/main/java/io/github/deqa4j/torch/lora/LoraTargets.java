package io.github.deqa4j.torch.lora;

import io.github.deqa4j.config.ConfigNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * The layers that the settings of an adapter name, read as PEFT reads them: {@code target_modules} is a list of names or ends of names,
 * or one regular expression; {@code exclude_modules} removes layers; {@code layers_to_transform} keeps only layers with given numbers.
 */
final class LoraTargets {
    private static final String TARGETS = "target_modules";
    private static final String EXCLUDED = "exclude_modules";
    private static final String NUMBERS = "layers_to_transform";
    private static final String NUMBERED = "layers_pattern";

    /** The word of PEFT for every linear layer. */
    private static final String ALL = "all-linear";

    private final Predicate<String> named;
    private final Predicate<String> excluded;
    private final boolean stated;

    private LoraTargets(Predicate<String> named, Predicate<String> excluded, boolean stated) {
        this.named = named;
        this.excluded = excluded;
        this.stated = stated;
    }

    static LoraTargets read(ConfigNode node, List<String> savedInFull) {
        boolean stated = node.says(TARGETS)
                && !(node.isText(TARGETS) && node.text(TARGETS).equals(ALL));
        Predicate<String> saved = layer -> savedInFull.stream().anyMatch(module -> isWithin(module, layer));
        return new LoraTargets(targets(node), saved.or(named(node, EXCLUDED)), stated);
    }

    /** Whether the settings name layers at all. */
    boolean stated() {
        return stated;
    }

    /** Whether the settings name a layer. */
    boolean contain(String layer) {
        return named.test(layer) && !excluded.test(layer);
    }

    /** Whether a layer or tensor is a module, or a part of one, by the end of the module's name. */
    static boolean isWithin(String module, String name) {
        return ("." + name + ".").contains("." + module + ".");
    }

    private static Predicate<String> targets(ConfigNode node) {
        if (node.isText(TARGETS)) {
            return named(node, TARGETS);
        }
        Set<String> whole = new HashSet<>(node.texts(TARGETS)); // a whole name holds whatever its layer's number
        return named(node, TARGETS)
                .and(layer -> whole.contains(layer))
                .or(named(node, TARGETS).and(numbered(node)));
    }

    private static Predicate<String> named(ConfigNode node, String key) {
        if (node.isText(key) && node.says(key)) {
            return new LayerPattern(node, key, "", node.text(key), "")::matches;
        }
        List<String> names = node.texts(key);
        return layer -> names.stream().anyMatch(name -> LoraSettings.names(name, layer));
    }

    private static Predicate<String> numbered(ConfigNode node) {
        List<Integer> numbers = node.wholes(NUMBERS);
        List<String> lists = node.texts(NUMBERED);
        List<LayerPattern> patterns = (lists.isEmpty() ? Stream.of("[^.]*") : lists.stream())
                .map(list -> new LayerPattern(node, NUMBERED, "(?:.*?\\.)??(?:", list, ")\\.(\\d{1,9})\\."))
                .toList();
        return layer -> numbers.isEmpty()
                || patterns.stream()
                        .map(pattern -> pattern.matcher(layer))
                        .filter(Matcher::lookingAt)
                        .findFirst()
                        .filter(found -> numbers.contains(Integer.valueOf(found.group(1))))
                        .isPresent();
    }
}
