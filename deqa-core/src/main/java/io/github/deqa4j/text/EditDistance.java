package io.github.deqa4j.text;

/** The edit distance of two words, to suggest the word that a mistyped one was meant to be. */
public final class EditDistance {
    private EditDistance() {}

    /** Levenshtein's distance: the fewest letters to insert, remove or replace. */
    public static int of(String a, String b) {
        int[] row = new int[b.length() + 1]; // of the prefix of a so far to each prefix of b
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
