package io.github.deqa4j.torch.model;

import io.github.deqa4j.config.VisionConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.LayerNorm;
import org.bytedeco.pytorch.Tensor;

/** A pre-norm transformer block. */
final class VisionLayer extends Block {
    private final LayerNorm inputLayernorm;
    private final VisionAttention selfAttn;
    private final LayerNorm postAttentionLayernorm;
    private final VisionMlp mlp;

    VisionLayer(VisionConfig config) {
        inputLayernorm = child("input_layernorm", new LayerNorm(config.width(), config.eps()));
        selfAttn = child("self_attn", new VisionAttention(config));
        postAttentionLayernorm = child("post_attention_layernorm", new LayerNorm(config.width(), config.eps()));
        mlp = child("mlp", new VisionMlp(config));
    }

    Tensor forward(Tensor x) { // (B, N, D)
        Tensor h = x.add(selfAttn.forward(inputLayernorm.forward(x)));
        return h.add(mlp.forward(postAttentionLayernorm.forward(h)));
    }
}
