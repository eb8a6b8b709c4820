package io.github.deqa4j.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small SentencePiece models. A setting that is given again counts as given last. */
final class SentencePieceWriter {
    static final int NORMAL = 1;
    static final int UNKNOWN = 2;
    static final int CONTROL = 3;
    static final int USER_DEFINED = 4;
    static final int UNUSED = 5;
    static final int BYTE = 6;

    private final ProtobufWriter pieces = new ProtobufWriter();
    private final ProtobufWriter trainer = new ProtobufWriter().number(3, 2);
    private final ProtobufWriter normalizer = new ProtobufWriter().number(4, 0);

    /** The three special pieces alone: no byte fallback. */
    static SentencePieceWriter withoutBytes() {
        return new SentencePieceWriter()
                .piece("<unk>", 0, UNKNOWN)
                .piece("<s>", 0, CONTROL)
                .piece("</s>", 0, CONTROL);
    }

    /** The three special pieces and 256 bytes, ids 0 to 258. */
    static SentencePieceWriter withBytes() {
        SentencePieceWriter writer = withoutBytes().trainer(35, 1);
        for (int value = 0; value < 256; value++) {
            writer.piece(Vocabulary.bytePiece(value), 0, BYTE);
        }
        return writer;
    }

    SentencePieceWriter piece(String text, float score, int type) {
        pieces.bytes(
                1,
                new ProtobufWriter()
                        .text(1, text)
                        .float32(2, score)
                        .number(3, type)
                        .toBytes());
        return this;
    }

    /** Pieces of type NORMAL; the first is merged first. */
    SentencePieceWriter normal(String... texts) {
        for (int i = 0; i < texts.length; i++) {
            piece(texts[i], -i, NORMAL);
        }
        return this;
    }

    SentencePieceWriter trainer(int field, long value) {
        trainer.number(field, value);
        return this;
    }

    SentencePieceWriter normalizer(int field, long value) {
        normalizer.number(field, value);
        return this;
    }

    SentencePieceWriter charsMap(byte... map) {
        normalizer.bytes(2, map);
        return this;
    }

    byte[] toBytes() {
        return new ProtobufWriter()
                .raw(pieces.toBytes())
                .bytes(2, trainer.toBytes())
                .bytes(3, normalizer.toBytes())
                .toBytes();
    }

    /** Only the pieces, as a file looks that was cut off behind them. */
    byte[] piecesOnly() {
        return pieces.toBytes();
    }

    /** Pieces and trainer settings, as a file looks that was cut off behind those. */
    byte[] withoutNormalizer() {
        return new ProtobufWriter()
                .raw(pieces.toBytes())
                .bytes(2, trainer.toBytes())
                .toBytes();
    }

    Path write(Path directory) {
        return write(directory, toBytes());
    }

    static Path write(Path directory, byte... content) {
        try {
            return Files.write(directory.resolve("tokenizer.model"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
