package io.github.deqa4j.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Warnings about intervals that are narrower and p-values that are smaller than they should be. */
final class IntervalWarnings {
    private static final int FEW = 20;

    private IntervalWarnings() {}

    /** Warnings about the intervals of a data set, one sentence each. */
    static List<String> of(EvaluationSet set) {
        List<String> warnings = new ArrayList<>();
        OptionalInt references = set.referenceCount();
        int units = references.orElse(set.size());
        if (units < FEW) {
            warnings.add(set.name() + ": there are only " + units
                    + (references.isPresent() ? " references" : " images")
                    + ", and intervals and p-values of fewer than " + FEW + " are too narrow");
        }
        if (references.isEmpty()) {
            alike(set, warnings);
        }
        return warnings;
    }

    /** Warns where the names show references. The names alone change no figure. */
    private static void alike(EvaluationSet set, List<String> warnings) {
        ReferenceLookup published = ReferenceLookup.published();
        List<String> names = set.images().stream()
                .flatMap(image -> published.find(image.path()).stream())
                .toList();
        long references = names.stream().distinct().count();
        if (names.size() == set.size() && references < set.size()) {
            warnings.add(set.name() + ": by their names the " + set.size() + " images were made from " + references
                    + " references, and drawn one by one they make intervals and p-values too narrow; draw references");
        }
    }
}
