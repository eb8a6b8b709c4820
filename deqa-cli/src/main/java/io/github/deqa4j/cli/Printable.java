package io.github.deqa4j.cli;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * Text from outside, such as a file's name, made fit for a terminal: on one line, with everything visible that would otherwise
 * move the cursor, turn the direction of writing, or not be seen.
 */
final class Printable {
    private static final int LONGEST = 1000;
    private static final int KEPT_AT_END = 200;

    /** Letters that have no shape of their own; every other invisible character is told by its category. */
    private static final Set<Integer> FILLERS = Set.of(0x115F, 0x1160, 0x3164, 0xFFA0, 0x034F, 0x2800);

    private static final Set<UnicodeScript> WIDE = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.YI,
            UnicodeScript.TANGUT);

    private Printable() {}

    /** A text with its invisible characters as in a JSON string: {@code \n}, {@code \t}, {@code \}{@code u001b}. */
    static String visible(String text) {
        if (text.codePoints().noneMatch(Printable::isInvisible)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isInvisible(c)) {
                escape(c, shown);
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    /** A message as one line, without its middle if it would fill more than a few lines of a screen. */
    static String line(String message) {
        return visible(shortened(message));
    }

    /** A message without its middle if that is very long. */
    static String shortened(String message) {
        return message.length() <= LONGEST
                ? message
                : message.substring(0, LONGEST - KEPT_AT_END) + " … "
                        + message.substring(message.length() - KEPT_AT_END);
    }

    /** Columns of a terminal that a text takes which {@link #visible} gave: two for a wide letter, none for a mark on one. */
    static int columns(String shown) {
        return shown.codePoints().map(Printable::columns).sum();
    }

    /** The end of a text that takes at most so many columns. */
    static String end(String shown, int columns) {
        int[] letters = shown.codePoints().toArray();
        int from = letters.length;
        int taken = 0;
        while (from > 0 && taken + columns(letters[from - 1]) <= columns) {
            taken += columns(letters[--from]);
        }
        while (from < letters.length && columns(letters[from]) == 0) {
            from++; // marks whose letter is gone
        }
        return new String(letters, from, letters.length - from);
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> FILLERS.contains(c);
        };
    }

    private static void escape(int c, StringBuilder shown) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                for (char unit : Character.toChars(c)) {
                    shown.append(String.format("\\u%04x", (int) unit));
                }
            }
        }
    }

    /** As Unicode's Standard Annex 11 has it, roughly: scripts of wide letters, full-width forms, and pictographs. */
    private static int columns(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        if (isWithin(c, 0xFF61, 0xFFDC)) { // half-width forms of scripts that are wide
            return 1;
        }
        boolean fullWidth = isWithin(c, 0x3000, 0x303E) || isWithin(c, 0xFF01, 0xFF60) || isWithin(c, 0xFFE0, 0xFFE6);
        boolean pictograph =
                isWithin(c, 0x1F300, 0x1F64F) || isWithin(c, 0x1F680, 0x1F6FF) || isWithin(c, 0x1F900, 0x1FAFF);
        return fullWidth || pictograph || WIDE.contains(UnicodeScript.of(c)) ? 2 : 1;
    }

    private static boolean isWithin(int c, int first, int last) {
        return first <= c && c <= last;
    }
}
