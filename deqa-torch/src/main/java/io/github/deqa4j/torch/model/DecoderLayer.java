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

    DecoderLayer(DecoderConfig config) {
        inputLayernorm = child("input_layernorm", new Multiway(() -> new RmsNorm(config.width(), config.eps())));
        selfAttn = child("self_attn", new DecoderAttention(config));
        postAttentionLayernorm =
                child("post_attention_layernorm", new Multiway(() -> new RmsNorm(config.width(), config.eps())));
        mlp = child("mlp", new DecoderMlp(config));
    }

    Tensor forward(Tensor x, DecoderContext context) { // (B, L, W)
        Tensor h = x.add(selfAttn.forward(inputLayernorm.forward(x, context.image()), context));
        return h.add(mlp.forward(postAttentionLayernorm.forward(h, context.image())));
    }
}
