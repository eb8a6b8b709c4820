package io.github.deqa4j.importer;

import io.github.deqa4j.DeqaException;
import java.util.Optional;

/** A table that seems to be written with another separator or decimal mark than the settings name. */
public final class TableFormatException extends DeqaException {
    private static final long serialVersionUID = 1L;

    private final char separator;
    private final boolean decimalComma;

    /**
     * A table to read with other settings.
     *
     * @param separator what seems to stand between the values; the zero character where that is not in question
     * @param decimalComma whether numbers seem to be written with a comma
     */
    TableFormatException(String message, char separator, boolean decimalComma) {
        super(message);
        this.separator = separator;
        this.decimalComma = decimalComma;
    }

    /** The separator to read the table with; empty where that is not in question. */
    public Optional<Character> separator() {
        return separator == 0 ? Optional.empty() : Optional.of(separator);
    }

    /** Whether numbers seem to be written with a decimal comma. */
    public boolean decimalComma() {
        return decimalComma;
    }
}
