package io.github.deqa4j.text;

/**
 * An entry of the vocabulary. Its place in the list is its token id.
 *
 * @param text what it stands for, with U+2581 in place of spaces
 * @param score how early it is merged: higher goes first
 * @param type what it is for
 */
record Piece(String text, float score, Type type) {
    /** The types of {@code sentencepiece_model.proto}, in the order of their numbers, which start at 1. */
    enum Type {
        NORMAL,
        UNKNOWN,
        CONTROL,
        USER_DEFINED,
        UNUSED,
        BYTE
    }

    /** Whether text can become this piece by merging or by being written out. */
    boolean matchesText() {
        return type == Type.NORMAL || type == Type.USER_DEFINED;
    }
}
