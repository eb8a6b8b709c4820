package io.github.deqa4j.torch.model;

import io.github.deqa4j.config.DecoderConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.RmsNorm;
import org.bytedeco.pytorch.Tensor;

/** A layer of the decoder: that of LLaMA, with norms, keys and values of their own for visual positions. */
final class DecoderLayer extends Block {
    private final Multiway inputLayernorm;
    private final DecoderAttention selfAttn;
    private final Multiway postAttentionLayernorm;
    private final DecoderMlp mlp;

    DecoderLayer(DecoderConfig config, int index) {
        inputLayernorm = child("input_layernorm", new Multiway(() -> new RmsNorm(config.width(), config.eps())));
        selfAttn = child("self_attn", new DecoderAttention(config, index));
        postAttentionLayernorm =
                child("post_attention_layernorm", new Multiway(() -> new RmsNorm(config.width(), config.eps())));
        mlp = child("mlp", new DecoderMlp(config));
    }

    Tensor forward(Tensor x, DecoderContext context) { // (B, L, W)
        Tensor h = x.add(selfAttn.forward(inputLayernorm.forward(x, context.image()), context));
        return h.add(mlp.forward(postAttentionLayernorm.forward(h, context.image())));
    }

    /** The last position of {@link #forward}: (B, L, W) → (B, 1, W). */
    Tensor last(Tensor x, DecoderContext context) {
        long end = x.size(1) - 1;
        Tensor attended = selfAttn.last(inputLayernorm.forward(x, context.image()), context); // (B, 1, W)
        Tensor h = x.narrow(1, end, 1).add(attended);
        return h.add(
                mlp.forward(postAttentionLayernorm.forward(h, context.image().at(end))));
    }

    /** Keys and values of {@link #forward}. */
    KeysValues keysValues(Tensor x, DecoderContext context) { // (B, L, W)
        return selfAttn.keysValues(inputLayernorm.forward(x, context.image()), context);
    }
}
