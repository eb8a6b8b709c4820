package io.github.deqa4j.importer;

import io.github.deqa4j.file.Excerpt;

/**
 * How a table of texts is written.
 *
 * @param separator what stands between two values
 * @param decimalComma whether numbers are written with a comma, as in 3,4; needs another separator
 */
public record CsvSettings(char separator, boolean decimalComma) {
    /** Checks that separator and decimal comma can be told apart. */
    public CsvSettings {
        if (separator == '"' || separator == '\n' || separator == '\r' || Character.isLetterOrDigit(separator)) {
            throw new IllegalArgumentException(
                    "the separator " + Excerpt.quoted("" + separator) + " cannot stand between values");
        }
        if (decimalComma && separator == ',') {
            throw new IllegalArgumentException(
                    "numbers with a decimal comma need another separator than the comma, such as ;");
        }
    }

    /** Commas between values, points in numbers. */
    public static CsvSettings standard() {
        return new CsvSettings(',', false);
    }
}
