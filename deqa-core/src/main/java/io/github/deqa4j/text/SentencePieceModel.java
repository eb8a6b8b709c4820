package io.github.deqa4j.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A SentencePiece model file of LLaMA's kind: {@code ModelProto} in {@code sentencepiece_model.proto}.
 *
 * <p>A protobuf file does not give its length, so a truncated file can look complete. The settings come after the
 * pieces, so they are required, and the pieces are counted.
 *
 * @param vocabulary the pieces
 * @param trainer the settings
 */
record SentencePieceModel(Vocabulary vocabulary, TrainerSpec trainer) {
    private static final long MAX_BYTES = 16L << 20;

    private static final int PIECES = 1;
    private static final int TRAINER_SPEC = 2;
    private static final int NORMALIZER_SPEC = 3;

    /**
     * Reads a file.
     *
     * @throws MalformedTokenizerException if it is missing, damaged, or another kind of model
     */
    static SentencePieceModel read(Path file) {
        return read(file.toString(), content(file));
    }

    /**
     * Reads a file that is in memory already.
     *
     * @param file what messages call it
     * @throws MalformedTokenizerException if it is damaged, or another kind of model
     */
    static SentencePieceModel read(String file, byte[] content) {
        requireSize(file, content.length);
        return new Reader(file).read(content);
    }

    private static byte[] content(Path file) {
        if (Files.isDirectory(file)) {
            throw new MalformedTokenizerException(
                    file.toString(), "this is a directory; name the tokenizer.model file in it");
        }
        try {
            requireSize(file.toString(), Files.size(file));
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new MalformedTokenizerException(file.toString(), "the file is missing or cannot be read");
        }
    }

    private static void requireSize(String file, long size) {
        if (size == 0 || size > MAX_BYTES) {
            throw new MalformedTokenizerException(
                    file, "the file has " + size + " bytes; a tokenizer file has from 1 to " + MAX_BYTES);
        }
    }

    /** The parts found so far. */
    private static final class Reader {
        private final String file;
        private final List<Piece> pieces = new ArrayList<>();
        private final Set<String> texts = new HashSet<>();
        private final Set<String> bytes = new HashSet<>();
        private @Nullable TrainerSpec trainer;
        private boolean normalizerSeen;

        Reader(String file) {
            this.file = file;
        }

        SentencePieceModel read(byte[] content) {
            ProtobufMessage message = ProtobufMessage.of(file, content);
            while (message.next()) {
                switch (message.field()) {
                    case PIECES -> addPiece(message);
                    case TRAINER_SPEC -> trainer = TrainerSpec.read(file, message.message());
                    case NORMALIZER_SPEC -> readNormalizer(message.message());
                    default -> message.skip();
                }
            }
            TrainerSpec settings = requireTrainer();
            require(normalizerSeen, "there is no normalizer_spec; the file is cut short or not a SentencePiece model");
            requireCount(settings);
            requireBytes(settings);
            requireType("unk_id", settings.unknownId(), Piece.Type.UNKNOWN);
            requireType("bos_id", settings.beginId(), Piece.Type.CONTROL);
            requireType("eos_id", settings.endId(), Piece.Type.CONTROL);
            return new SentencePieceModel(new Vocabulary(pieces), settings);
        }

        private void addPiece(ProtobufMessage message) {
            int offset = message.offset();
            Piece piece = PieceReader.read(file, message.message(), offset);
            if (!texts.add(piece.text())) {
                throw new MalformedTokenizerException(
                        file, offset, "piece " + pieces.size() + " is a second \"" + piece.text() + "\"");
            }
            if (piece.type() == Piece.Type.BYTE) {
                bytes.add(piece.text());
            }
            pieces.add(piece);
        }

        private void readNormalizer(ProtobufMessage message) {
            NormalizerSpec.requireLlama(file, message);
            normalizerSeen = true;
        }

        private TrainerSpec requireTrainer() {
            if (trainer == null) {
                throw new MalformedTokenizerException(
                        file, "there is no trainer_spec; the file is cut short or not a SentencePiece model");
            }
            return trainer;
        }

        private void requireCount(TrainerSpec settings) {
            require(
                    pieces.size() >= settings.vocabularySize(),
                    "there are " + pieces.size() + " pieces, but trainer_spec.vocab_size is "
                            + settings.vocabularySize() + "; the file has lost some");
        }

        private void requireBytes(TrainerSpec settings) {
            for (int value = 0; settings.byteFallback() && value < Vocabulary.BYTE_VALUES; value++) {
                String name = Vocabulary.bytePiece(value);
                require(
                        bytes.contains(name),
                        "there is no piece \"" + name + "\", but trainer_spec.byte_fallback asks for all 256");
            }
        }

        private void requireType(String field, int id, Piece.Type type) {
            require(
                    id >= 0 && id < pieces.size(),
                    "trainer_spec." + field + " is " + id + ", but there are " + pieces.size() + " pieces");
            require(
                    pieces.get(id).type() == type,
                    "trainer_spec." + field + " is " + id + ", but that piece, \""
                            + pieces.get(id).text() + "\", is " + pieces.get(id).type() + " instead of " + type);
        }

        private void require(boolean condition, String problem) {
            if (!condition) {
                throw new MalformedTokenizerException(file, problem);
            }
        }
    }
}
