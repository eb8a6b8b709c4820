package io.github.deqa4j.importer;

/**
 * Something that a user should know of an import.
 *
 * @param kind how bad it is
 * @param text one sentence
 */
public record Finding(Kind kind, String text) {
    /** How bad a finding is. */
    public enum Kind {
        /** Nothing is written. */
        ERROR,
        WARNING,
        NOTE
    }
}
