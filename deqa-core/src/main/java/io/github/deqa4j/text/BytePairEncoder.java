package io.github.deqa4j.text;

import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/** Turns text into pieces as SentencePiece's BPE does. Text that no piece matches becomes bytes, or the unknown id. */
final class BytePairEncoder {
    private final Vocabulary vocabulary;
    private final boolean byteFallback;
    private final int unknown;

    BytePairEncoder(SentencePieceModel model) {
        this.vocabulary = model.vocabulary();
        this.byteFallback = model.trainer().byteFallback();
        this.unknown = model.trainer().unknownId();
    }

    /** Encodes a stretch of text in which U+2581 stands for spaces; nothing is put before it. */
    void encode(String text, IntConsumer ids) {
        boolean unknownBefore = false;
        SymbolChain symbols = new SymbolChain(vocabulary, text);
        symbols.mergeAll();
        for (int i = 0; i < symbols.count(); i = symbols.next(i)) {
            int id = vocabulary.idOfText(symbols.text(i));
            if (id != Vocabulary.ABSENT) {
                ids.accept(id);
            } else if (byteFallback) {
                encodeBytes(symbols.text(i), ids);
            } else if (!unknownBefore) {
                ids.accept(unknown); // once for a run of unknown characters
            }
            unknownBefore = id == Vocabulary.ABSENT;
        }
    }

    private void encodeBytes(String text, IntConsumer ids) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            ids.accept(vocabulary.idOfByte(b));
        }
    }
}
