package io.github.deqa4j.config;

/**
 * The language model: LLaMA with multiway layers.
 *
 * @param vocabulary number of token ids
 * @param width features of a token
 * @param mlpWidth features inside a block's perceptron
 * @param layers number of blocks
 * @param heads attention heads; they divide the width
 * @param keyValueHeads heads of keys and values; they divide the heads
 * @param eps ε of every RMSNorm
 * @param ropeTheta base of the rotary frequencies
 */
public record DecoderConfig(
        int vocabulary,
        int width,
        int mlpWidth,
        int layers,
        int heads,
        int keyValueHeads,
        double eps,
        double ropeTheta) {
    private static final double DEFAULT_ROPE_THETA = 10_000;

    static DecoderConfig read(ConfigNode node) {
        node.requireText("hidden_act", "silu");
        node.requireFlag("attention_bias", false);
        node.requireFlag("tie_word_embeddings", false);
        node.requireAbsent("rope_scaling");
        int heads = node.positiveInt("num_attention_heads");
        DecoderConfig config = new DecoderConfig(
                node.positiveInt("vocab_size"),
                node.positiveInt("hidden_size"),
                node.positiveInt("intermediate_size"),
                node.layers("num_hidden_layers"),
                heads,
                node.positiveInt("num_key_value_heads", heads),
                node.positive("rms_norm_eps"),
                node.positive("rope_theta", DEFAULT_ROPE_THETA));
        node.require(
                config.width % config.heads == 0,
                "num_attention_heads",
                "is " + config.heads + ", which does not divide \"hidden_size\" " + config.width);
        node.require(
                config.heads % config.keyValueHeads == 0,
                "num_key_value_heads",
                "is " + config.keyValueHeads + ", which does not divide \"num_attention_heads\" " + config.heads);
        node.require(
                config.headWidth() % 2 == 0,
                "num_attention_heads",
                "is " + config.heads + ", which leaves heads of " + config.headWidth()
                        + " features; rotary positions need an even number");
        return config;
    }

    /** Features of a head. */
    public int headWidth() {
        return width / heads;
    }
}
