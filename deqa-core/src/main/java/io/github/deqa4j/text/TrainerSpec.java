package io.github.deqa4j.text;

/**
 * What a SentencePiece model's {@code trainer_spec} says that matters for using it.
 *
 * @param byteFallback whether characters without a piece become bytes; otherwise they become the unknown token
 * @param vocabularySize number of pieces when it was trained; 0 if not given
 * @param unknownId id of {@code <unk>}
 * @param beginId id of {@code <s>}
 * @param endId id of {@code </s>}
 */
record TrainerSpec(boolean byteFallback, int vocabularySize, int unknownId, int beginId, int endId) {
    private static final int MODEL_TYPE = 3;
    private static final int VOCAB_SIZE = 4;
    private static final int TREAT_WHITESPACE_AS_SUFFIX = 24;
    private static final int BYTE_FALLBACK = 35;
    private static final int UNK_ID = 40;
    private static final int BOS_ID = 41;
    private static final int EOS_ID = 42;

    private static final int UNIGRAM = 1;
    private static final int BPE = 2;

    /** Reads the message; absent fields have the defaults of {@code sentencepiece_model.proto}. */
    static TrainerSpec read(String file, ProtobufMessage message) {
        int modelType = UNIGRAM;
        boolean suffix = false;
        boolean byteFallback = false;
        int vocabularySize = 0;
        int unknownId = 0;
        int beginId = 1;
        int endId = 2;
        while (message.next()) {
            switch (message.field()) {
                case MODEL_TYPE -> modelType = message.int32();
                case VOCAB_SIZE -> vocabularySize = message.int32();
                case TREAT_WHITESPACE_AS_SUFFIX -> suffix = message.flag();
                case BYTE_FALLBACK -> byteFallback = message.flag();
                case UNK_ID -> unknownId = message.int32();
                case BOS_ID -> beginId = message.int32();
                case EOS_ID -> endId = message.int32();
                default -> message.skip();
            }
        }
        requireBpe(file, modelType);
        if (suffix) {
            throw new MalformedTokenizerException(
                    file, "trainer_spec.treat_whitespace_as_suffix is true; only false is supported");
        }
        return new TrainerSpec(byteFallback, vocabularySize, unknownId, beginId, endId);
    }

    private static void requireBpe(String file, int modelType) {
        if (modelType != BPE) {
            throw new MalformedTokenizerException(
                    file,
                    "trainer_spec.model_type is " + modelType + "; only " + BPE
                            + " (BPE), which LLaMA uses, is supported");
        }
    }
}
