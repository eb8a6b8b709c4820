package io.github.deqa4j.cli;

import io.github.deqa4j.text.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What a mistyped word was meant to be. */
final class NearestWord {
    private static final int LEAST_EDITS = 2;
    private static final int LETTERS_PER_EDIT = 3;

    private NearestWord() {}

    /** The word that is the fewest edits away, unless that is more than two and a third of the letters. */
    static Optional<String> of(String typed, Collection<String> words) {
        int most = Math.max(LEAST_EDITS, typed.length() / LETTERS_PER_EDIT);
        return words.stream()
                .filter(word -> EditDistance.of(typed, word) <= most)
                .min(Comparator.comparingInt((String word) -> EditDistance.of(typed, word))
                        .thenComparing(Comparator.naturalOrder()));
    }
}
