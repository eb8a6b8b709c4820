package io.github.deqa4j.text;

import io.github.deqa4j.DeqaException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * LLaMA's tokenizer: text to token ids and back.
 *
 * <p>It gives the ids of {@code LlamaTokenizer} in Hugging Face transformers with {@code legacy=false}: a word start is
 * put before the text but not after a special token inside it, and {@code <s>}, {@code </s>} and {@code <unk>} in the
 * text are the special tokens of those names. Immutable and thread-safe.
 */
public final class SentencePieceTokenizer {
    private static final char WORD_START = '\u2581';
    private static final char REPLACEMENT = '\uFFFD';

    private final Vocabulary vocabulary;
    private final BytePairEncoder encoder;
    private final int begin;
    private final int unknown;
    private final List<Special> specials;

    private SentencePieceTokenizer(SentencePieceModel model) {
        TrainerSpec trainer = model.trainer();
        this.vocabulary = model.vocabulary();
        this.encoder = new BytePairEncoder(model);
        this.begin = trainer.beginId();
        this.unknown = trainer.unknownId();
        this.specials = IntStream.of(trainer.beginId(), trainer.endId(), trainer.unknownId())
                .mapToObj(id -> new Special(vocabulary.piece(id).text(), id))
                .toList();
    }

    /**
     * Reads {@code tokenizer.model}, a SentencePiece model.
     *
     * @throws MalformedTokenizerException if the file is missing, damaged, or not of LLaMA's kind: BPE, text taken as it
     *     is, spaces escaped, a word start put before
     */
    public static SentencePieceTokenizer read(Path file) {
        return new SentencePieceTokenizer(SentencePieceModel.read(file));
    }

    /**
     * Reads a SentencePiece model that is in memory already.
     *
     * @param file what messages call it
     * @throws MalformedTokenizerException if it is damaged, or not of LLaMA's kind
     */
    public static SentencePieceTokenizer read(String file, byte[] content) {
        return new SentencePieceTokenizer(SentencePieceModel.read(file, content));
    }

    /** Number of token ids: they run from 0 to one less. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /** The id that text gets which no piece can express, {@code <unk>}. */
    int unknownId() {
        return unknown;
    }

    /** The id of a piece by its name in the vocabulary, in which U+2581 stands for a space; empty if there is none. */
    public OptionalInt pieceId(String piece) {
        int id = vocabulary.id(piece);
        return id == Vocabulary.ABSENT ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /**
     * Encodes a text.
     *
     * @param text any text; a surrogate without its partner is taken for U+FFFD
     * @return the beginning-of-sequence token {@code <s>}, always, then the text's tokens
     */
    public int[] encode(String text) {
        IntStream.Builder ids = IntStream.builder();
        ids.add(begin);
        if (!text.isEmpty()) {
            encodeParts(WORD_START + wellFormed(text).replace(' ', WORD_START), ids);
        }
        return ids.build().toArray();
    }

    /**
     * The text of token ids: {@code <s>} and {@code </s>} are left out, and one space at the start.
     *
     * @return the text; bytes that are not UTF-8 become U+FFFD
     * @throws DeqaException if an id is not in the vocabulary
     */
    public String decode(int... ids) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int id : ids) {
            if (id < 0 || id >= vocabulary.size()) {
                throw new DeqaException("the token id " + id + " is not in the vocabulary; ids run from 0 to "
                        + (vocabulary.size() - 1));
            }
            bytes.writeBytes(bytesOf(vocabulary.piece(id)));
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        return text.startsWith(" ") ? text.substring(1) : text;
    }

    /** Encodes what stands between special tokens, each part on its own. */
    private void encodeParts(String text, IntConsumer ids) {
        int from = 0;
        for (int at = 0; at < text.length(); ) {
            Special special = specialAt(text, at);
            if (special == null) {
                at++;
                continue;
            }
            if (at - from > (from == 0 ? 1 : 0)) { // a word start alone before the first special token goes
                encoder.encode(text.substring(from, at), ids);
            }
            ids.accept(special.id);
            at += special.text.length();
            from = at;
        }
        if (from < text.length()) {
            encoder.encode(text.substring(from), ids);
        }
    }

    private @Nullable Special specialAt(String text, int at) {
        for (Special special : specials) {
            if (text.startsWith(special.text, at)) {
                return special;
            }
        }
        return null;
    }

    private static byte[] bytesOf(Piece piece) {
        return switch (piece.type()) {
            case CONTROL -> new byte[0];
            case BYTE -> new byte[] {(byte) Integer.parseInt(piece.text().substring(3, 5), 16)};
            default -> piece.text().replace(WORD_START, ' ').getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String wellFormed(String text) {
        StringBuilder builder = new StringBuilder(text);
        for (int i = 0; i < builder.length(); i++) {
            if (!Character.isSurrogate(builder.charAt(i))) {
                continue;
            }
            if (Character.isSupplementaryCodePoint(builder.codePointAt(i))) {
                i++;
            } else {
                builder.setCharAt(i, REPLACEMENT);
            }
        }
        return builder.toString();
    }

    private record Special(String text, int id) {}
}
