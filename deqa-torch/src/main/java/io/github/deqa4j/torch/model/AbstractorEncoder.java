package io.github.deqa4j.torch.model;

import io.github.deqa4j.config.AbstractorConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.LayerStack;
import org.bytedeco.pytorch.Tensor;

/** The abstractor's blocks. */
final class AbstractorEncoder extends Block {
    private final LayerStack<AbstractorLayer> layers;

    AbstractorEncoder(AbstractorConfig config, int grid) {
        layers = child("layers", new LayerStack<>(config.layers(), i -> new AbstractorLayer(config, grid)));
    }

    Tensor forward(Tensor queries, Tensor image) { // (B, Q, D), (B, N, D)
        return layers.forward(queries, image, AbstractorLayer::forward);
    }
}
