package io.github.deqa4j.text;

/** The edit distance of two words, to suggest the word that a mistyped one was meant to be. */
public final class EditDistance {
    private EditDistance() {}

    /** The fewest letters to insert, remove, replace, or swap with the next one (Damerau 1964; no letter is edited twice). */
    public static int of(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1]; // of each prefix of a to each prefix of b
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int fewest(int[][] edits, String a, String b, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(fewest, 1 + edits[i - 2][j - 2]) : fewest;
    }
}
