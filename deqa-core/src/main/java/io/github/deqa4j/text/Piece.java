package io.github.deqa4j.text;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry of the vocabulary. Its place in the list is its token id.
 *
 * @param text what it stands for, with U+2581 in place of spaces
 * @param score how early it is merged: higher goes first
 * @param type what it is for
 */
record Piece(String text, float score, Type type) {
    /** The types of {@code sentencepiece_model.proto}. */
    enum Type {
        NORMAL(1),
        UNKNOWN(2),
        CONTROL(3),
        USER_DEFINED(4),
        UNUSED(5),
        BYTE(6);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        /** The type that has a number in a file; empty if none has. */
        static Optional<Type> of(int number) {
            return Stream.of(values()).filter(type -> type.number == number).findFirst();
        }
    }

    /** Whether text can become this piece by merging or by being written out. */
    boolean matchesText() {
        return type == Type.NORMAL || type == Type.USER_DEFINED;
    }
}
