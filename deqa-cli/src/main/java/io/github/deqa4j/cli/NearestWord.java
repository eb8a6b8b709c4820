package io.github.deqa4j.cli;

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
                .filter(word -> distance(typed, word) <= most)
                .min(Comparator.comparingInt((String word) -> distance(typed, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance, one row of its table after the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
