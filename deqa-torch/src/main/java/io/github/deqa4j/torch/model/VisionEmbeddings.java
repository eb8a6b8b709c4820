package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.nn.Functional.cat;

import io.github.deqa4j.config.VisionConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.LayerNorm;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.PatchEmbedding;
import org.bytedeco.pytorch.Tensor;

/** Patches and the class token, with learned positions, normalized. */
final class VisionEmbeddings extends Block {
    private final Parameter clsToken; // (1, 1, D)
    private final PatchEmbedding patchEmbed;
    private final Parameter positionEmbedding; // (1, N, D)
    private final LayerNorm preLayernorm;

    VisionEmbeddings(VisionConfig config) {
        clsToken = parameter("cls_token", 1, 1, config.width());
        patchEmbed = child("patch_embed", new PatchEmbedding(config.channels(), config.width(), config.patchSize()));
        positionEmbedding = parameter("position_embedding", 1, config.tokens(), config.width());
        preLayernorm = child("pre_layernorm", new LayerNorm(config.width(), config.eps()));
    }

    Tensor forward(Tensor pixels) { // (B, 3, S, S)
        Tensor patches = patchEmbed.forward(pixels); // (B, N−1, D)
        Tensor cls = clsToken.value().expand(pixels.size(0), -1, -1); // (B, 1, D)
        Tensor x = cat(1, cls, patches); // (B, N, D)
        return preLayernorm.forward(x.add(positionEmbedding.value()));
    }
}
