package io.github.deqa4j.torch.model;

import io.github.deqa4j.config.VisionConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.LayerNorm;
import org.bytedeco.pytorch.Tensor;

/** CLIP's vision transformer (Radford et al. 2021), whose last LayerNorm covers all tokens. */
public final class VisionTransformer extends Block {
    private final VisionEmbeddings embeddings;
    private final VisionEncoder encoder;
    private final LayerNorm postLayernorm;

    VisionTransformer(VisionConfig config) {
        embeddings = child("embeddings", new VisionEmbeddings(config));
        encoder = child("encoder", new VisionEncoder(config));
        postLayernorm = child("post_layernorm", new LayerNorm(config.width(), config.eps()));
    }

    /** Tokens of images: (B, 3, S, S) → (B, N, D), N = 1 + (S/patch)². */
    public Tensor forward(Tensor pixels) {
        Tensor x = embeddings.forward(pixels); // (B, N, D)
        x = encoder.forward(x);
        return postLayernorm.forward(x);
    }
}
