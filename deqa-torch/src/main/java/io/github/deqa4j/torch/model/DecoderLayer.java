package io.github.deqa4j.torch.model;

import io.github.deqa4j.config.DecoderConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.RmsNorm;
import io.github.deqa4j.torch.nn.Rotary;
import org.bytedeco.pytorch.Tensor;

/** A block of the decoder: LLaMA's, with two ways through its norms, keys and values. */
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

    Tensor forward(Tensor x, Rotary rotary, ImageSpan image) { // (B, L, W)
        Tensor h = x.add(selfAttn.forward(inputLayernorm.forward(x, image), rotary, image));
        return h.add(mlp.forward(postAttentionLayernorm.forward(h, image)));
    }
}
