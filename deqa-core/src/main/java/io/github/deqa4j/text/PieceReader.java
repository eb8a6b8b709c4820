package io.github.deqa4j.text;

import java.util.regex.Pattern;

/** Reads a {@code SentencePiece} message, one entry of the vocabulary. */
final class PieceReader {
    private static final int TEXT = 1;
    private static final int SCORE = 2;
    private static final int TYPE = 3;

    /** Far above any real piece; keeps the search for user-defined pieces short. */
    private static final int MAX_LENGTH = 1024;

    private static final Pattern BYTE_NAME = Pattern.compile("<0x[0-9A-F]{2}>");

    private PieceReader() {}

    /**
     * Reads the message that starts at an offset; absent fields have protobuf's defaults. A score of −0 becomes 0, so
     * that the two are equal in every comparison.
     */
    static Piece read(String file, ProtobufMessage message, int offset) {
        String text = "";
        float score = 0;
        int type = 1;
        while (message.next()) {
            switch (message.field()) {
                case TEXT -> text = message.text();
                case SCORE -> score = message.float32();
                case TYPE -> type = message.int32();
                default -> message.skip();
            }
        }
        require(
                !text.isEmpty() && text.length() <= MAX_LENGTH,
                file,
                offset,
                "a piece has " + text.length() + " characters; it must have from 1 to " + MAX_LENGTH);
        String name = "piece \"" + text + "\" ";
        require(Float.isFinite(score), file, offset, name + "has the score " + score + "; it must be finite");
        int number = type;
        Piece.Type known = Piece.Type.of(number)
                .orElseThrow(() -> new MalformedTokenizerException(
                        file, offset, name + "has the type " + number + "; types are 1 to 6"));
        Piece piece = new Piece(text, score + 0f, known);
        requireSupported(file, offset, piece);
        return piece;
    }

    private static void requireSupported(String file, int offset, Piece piece) {
        require(
                piece.type() != Piece.Type.UNUSED,
                file,
                offset,
                "piece \"" + piece.text() + "\" is UNUSED, which is not supported; LLaMA's tokenizer has none");
        require(
                piece.type() != Piece.Type.BYTE
                        || BYTE_NAME.matcher(piece.text()).matches(),
                file,
                offset,
                "piece \"" + piece.text() + "\" is a BYTE; its name must be <0x00> to <0xFF>");
    }

    private static void require(boolean condition, String file, int offset, String problem) {
        if (!condition) {
            throw new MalformedTokenizerException(file, offset, problem);
        }
    }
}
