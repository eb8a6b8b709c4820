package io.github.deqa4j.config;

import java.util.List;

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
 * @param tied whether the head uses the weights of the embeddings, so that it has none of its own
 */
public record DecoderConfig(
        int vocabulary,
        int width,
        int mlpWidth,
        int layers,
        int heads,
        int keyValueHeads,
        double eps,
        double ropeTheta,
        boolean tied) {
    /** What other decoders have and this one has not. */
    private static final List<String> UNSUPPORTED =
            List.of("mlp_bias", "sliding_window", "attn_logit_softcapping", "final_logit_softcapping", "pruned_heads");

    static DecoderConfig read(ConfigNode node) {
        node.requireText("hidden_act", "silu");
        node.requireFlag("attention_bias", false);
        UNSUPPORTED.forEach(node::requireNothing);
        node.requireEach("layer_types", "full_attention");
        int heads = node.positiveInt("num_attention_heads");
        DecoderConfig config = new DecoderConfig(
                node.positiveInt("vocab_size"),
                node.positiveInt("hidden_size"),
                node.positiveInt("intermediate_size"),
                node.layers("num_hidden_layers"),
                heads,
                node.positiveInt("num_key_value_heads", heads),
                node.positive("rms_norm_eps"),
                RotaryKeys.base(node),
                node.flag("tie_word_embeddings", false));
        node.require(
                config.width % config.heads == 0,
                "num_attention_heads",
                "is " + config.heads + ", which does not divide \"hidden_size\" " + config.width);
        node.require(
                config.heads % config.keyValueHeads == 0,
                "num_key_value_heads",
                "is " + config.keyValueHeads + ", which does not divide \"num_attention_heads\" " + config.heads);
        int headWidth = node.positiveInt("head_dim", config.headWidth());
        node.require(
                headWidth == config.headWidth(),
                "head_dim",
                "is " + headWidth + "; it must be " + config.headWidth()
                        + ", \"hidden_size\" divided by \"num_attention_heads\"");
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
