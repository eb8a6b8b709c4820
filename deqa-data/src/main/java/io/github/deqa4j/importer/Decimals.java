package io.github.deqa4j.importer;

import io.github.deqa4j.file.Excerpt;
import java.util.regex.Pattern;

/** Numbers as texts: plain decimal numbers and nothing else that {@link Double#parseDouble} would take. */
final class Decimals {
    private static final int LONGEST = 400;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,5})?");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d{1,5})?");

    private Decimals() {}

    /** Whether a text is a number that is written with a decimal comma. */
    static boolean hasComma(String text) {
        return text.length() <= LONGEST && DECIMAL_COMMA.matcher(text).matches();
    }

    /**
     * The value of a text.
     *
     * @param field name of the field, for the message
     */
    static double parse(Location place, String field, String text) {
        if (hasComma(text)) {
            throw place.formatError(
                    Excerpt.quoted(field) + " holds " + text
                            + ", a decimal comma; use a decimal point, or read it as a table of your own with decimal commas",
                    (char) 0,
                    true);
        }
        double value =
                text.length() <= LONGEST && DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw place.error(
                    Excerpt.quoted(field) + " holds " + Excerpt.quoted(text) + "; it must be a finite number");
        }
        return value;
    }
}
