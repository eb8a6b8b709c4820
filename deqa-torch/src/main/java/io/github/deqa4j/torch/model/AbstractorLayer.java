package io.github.deqa4j.torch.model;

import io.github.deqa4j.config.AbstractorConfig;
import io.github.deqa4j.torch.nn.Block;
import org.bytedeco.pytorch.Tensor;

/** A layer of the abstractor. Checkpoints call all of it cross-attention. */
final class AbstractorLayer extends Block {
    private final AbstractorCrossAttention crossattention;

    AbstractorLayer(AbstractorConfig config, int grid) {
        crossattention = child("crossattention", new AbstractorCrossAttention(config, grid));
    }

    Tensor forward(Tensor h, Tensor image) { // (B, Q, D), (B, N, D)
        return crossattention.forward(h, image);
    }
}
