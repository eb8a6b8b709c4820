package io.github.deqa4j.importer;

import io.github.deqa4j.file.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects findings. */
final class Findings {
    private static final int NAMES_SHOWN = 5;

    private final List<Finding> list = new ArrayList<>();

    void error(String text) {
        list.add(new Finding(Finding.Kind.ERROR, text));
    }

    void warn(String text) {
        list.add(new Finding(Finding.Kind.WARNING, text));
    }

    void note(String text) {
        list.add(new Finding(Finding.Kind.NOTE, text));
    }

    List<Finding> list() {
        return List.copyOf(list);
    }

    /** The first of some names, in quotes. */
    static String some(List<String> names) {
        return names.stream().limit(NAMES_SHOWN).map(Excerpt::quoted).collect(Collectors.joining(", "))
                + (names.size() > NAMES_SHOWN ? ", …" : "");
    }
}
