package io.github.deqa4j.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Why intervals and p-values are narrower than they should be. */
final class IntervalDoubt {
    private static final int FEW = 20;

    private IntervalDoubt() {}

    /** What is to be said of the intervals of a data set, one sentence each. */
    static List<String> of(EvaluationSet set) {
        List<String> doubts = new ArrayList<>();
        OptionalInt references = set.referenceCount();
        int units = references.orElse(set.size());
        if (units < FEW) {
            doubts.add(set.name() + ": there are only " + units
                    + (references.isPresent() ? " references" : " images")
                    + ", and intervals and p-values of fewer than " + FEW + " are too narrow");
        }
        if (references.isEmpty()) {
            alike(set, doubts);
        }
        return doubts;
    }

    /** The names alone change no figure. */
    private static void alike(EvaluationSet set, List<String> doubts) {
        ReferenceNames published = ReferenceNames.published();
        List<String> names = set.images().stream()
                .flatMap(image -> published.of(image.image()).stream())
                .toList();
        long references = names.stream().distinct().count();
        if (names.size() == set.size() && references < set.size()) {
            doubts.add(set.name() + ": by their names the " + set.size() + " images were made from " + references
                    + " references, and drawn one by one they make intervals and p-values too narrow; draw references");
        }
    }
}
