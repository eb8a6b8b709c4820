package io.github.deqa4j.text;

/** What a SentencePiece model's {@code normalizer_spec} does to text. Only what LLaMA's does is supported. */
final class NormalizerSpec {
    private static final int PRECOMPILED_CHARSMAP = 2;
    private static final int ADD_DUMMY_PREFIX = 3;
    private static final int REMOVE_EXTRA_WHITESPACES = 4;
    private static final int ESCAPE_WHITESPACES = 5;

    private NormalizerSpec() {}

    /**
     * Reads the message and checks that it is LLaMA's: text stays as it is, a word start is put before it, and spaces
     * become U+2581. Absent fields have the defaults of {@code sentencepiece_model.proto}.
     */
    static void requireLlama(String file, ProtobufMessage message) {
        int mapBytes = 0;
        boolean prefix = true;
        boolean removeSpaces = true;
        boolean escape = true;
        while (message.next()) {
            switch (message.field()) {
                case PRECOMPILED_CHARSMAP -> mapBytes = message.bytes().remaining();
                case ADD_DUMMY_PREFIX -> prefix = message.flag();
                case REMOVE_EXTRA_WHITESPACES -> removeSpaces = message.flag();
                case ESCAPE_WHITESPACES -> escape = message.flag();
                default -> message.skip();
            }
        }
        if (mapBytes > 0) {
            throw new MalformedTokenizerException(
                    file,
                    "normalizer_spec.precompiled_charsmap has " + mapBytes
                            + " bytes; only the identity, which has none, is supported");
        }
        require(file, "add_dummy_prefix", prefix, true);
        require(file, "remove_extra_whitespaces", removeSpaces, false);
        require(file, "escape_whitespaces", escape, true);
    }

    private static void require(String file, String name, boolean value, boolean supported) {
        if (value != supported) {
            throw new MalformedTokenizerException(
                    file,
                    "normalizer_spec." + name + " is " + value + "; only " + supported
                            + ", as in LLaMA's tokenizer, is supported");
        }
    }
}
