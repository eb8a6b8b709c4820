package io.github.deqa4j.cli;

import io.github.deqa4j.text.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a mistyped word was meant to be. */
final class NearestWord {
    private static final int LEAST_EDITS = 2;
    private static final int LETTERS_PER_EDIT = 3;

    private NearestWord() {}

    /** The only word that begins as typed; otherwise the nearest one. */
    static Optional<String> of(String typed, Collection<String> words) {
        List<String> begun =
                words.stream().filter(word -> word.startsWith(typed)).toList();
        return begun.size() == 1 ? Optional.of(begun.get(0)) : nearest(typed, words);
    }

    /** The word that is the fewest edits away, unless that is more than two and a third of the letters. */
    private static Optional<String> nearest(String typed, Collection<String> words) {
        int most = Math.max(LEAST_EDITS, typed.length() / LETTERS_PER_EDIT);
        return words.stream()
                .filter(word -> EditDistance.of(typed, word) <= most)
                .min(Comparator.comparingInt((String word) -> EditDistance.of(typed, word))
                        .thenComparing(Comparator.naturalOrder()));
    }
}
