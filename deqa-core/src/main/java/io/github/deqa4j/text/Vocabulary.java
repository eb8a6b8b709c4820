package io.github.deqa4j.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The pieces of a tokenizer and the ways to find them. Immutable. */
final class Vocabulary {
    /** What {@link #id} answers where there is no such piece. */
    static final int ABSENT = -1;

    /** Number of values of a byte, each of which has a piece where there is byte fallback. */
    static final int BYTE_VALUES = 256;

    private final List<Piece> pieces;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Integer, List<String>> userDefined = new HashMap<>();
    private final int[] byteIds;
    private final int longest;

    /** A vocabulary of pieces that differ in their texts. */
    Vocabulary(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
        for (int id = 0; id < pieces.size(); id++) {
            Piece piece = pieces.get(id);
            ids.put(piece.text(), id);
            if (piece.type() == Piece.Type.USER_DEFINED) {
                userDefined
                        .computeIfAbsent(piece.text().codePointAt(0), first -> new ArrayList<>())
                        .add(piece.text());
            }
        }
        userDefined
                .values()
                .forEach(texts ->
                        texts.sort(Comparator.comparingInt(String::length).reversed()));
        this.byteIds = IntStream.range(0, BYTE_VALUES)
                .map(value -> id(bytePiece(value)))
                .toArray();
        this.longest = pieces.stream()
                .filter(Piece::matchesText)
                .mapToInt(piece -> piece.text().length())
                .max()
                .orElse(0);
    }

    int size() {
        return pieces.size();
    }

    Piece piece(int id) {
        return pieces.get(id);
    }

    /** The id of a piece of any type, or {@link #ABSENT}. */
    int id(String piece) {
        return ids.getOrDefault(piece, ABSENT);
    }

    /** The id that a stretch of text has, or {@link #ABSENT}: control and byte pieces do not match text. */
    int idOfText(String text) {
        int id = id(text);
        return id != ABSENT && pieces.get(id).matchesText() ? id : ABSENT;
    }

    /** The id of the piece that stands for one byte, or {@link #ABSENT}. */
    int idOfByte(byte value) {
        return byteIds[Byte.toUnsignedInt(value)];
    }

    /** The name of the piece that stands for one byte, {@code <0x00>} to {@code <0xFF>}. */
    static String bytePiece(int value) {
        return String.format("<0x%02X>", value);
    }

    /** Length in chars of the longest piece that matches text. */
    int longest() {
        return longest;
    }

    /** Length in chars of the longest user-defined piece that stands at a place in a text; 0 where none does. */
    int userDefinedLength(String text, int start) {
        if (userDefined.isEmpty()) {
            return 0;
        }
        for (String piece : userDefined.getOrDefault(text.codePointAt(start), List.of())) {
            if (text.startsWith(piece, start)) {
                return piece.length();
            }
        }
        return 0;
    }
}
