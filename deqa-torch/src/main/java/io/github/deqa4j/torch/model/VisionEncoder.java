package io.github.deqa4j.torch.model;

import io.github.deqa4j.config.VisionConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.LayerStack;
import org.bytedeco.pytorch.Tensor;

/** The vision transformer's blocks. */
final class VisionEncoder extends Block {
    private final LayerStack<VisionLayer> layers;

    VisionEncoder(VisionConfig config) {
        layers = child("layers", new LayerStack<>(config.layers(), i -> new VisionLayer(config)));
    }

    Tensor forward(Tensor x) { // (B, N, D)
        return layers.forward(x, VisionLayer::forward);
    }
}
