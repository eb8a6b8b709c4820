package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.nn.Functional.quickGelu;

import io.github.deqa4j.config.VisionConfig;
import io.github.deqa4j.torch.nn.Layer;
import io.github.deqa4j.torch.nn.Linear;
import org.bytedeco.pytorch.Tensor;

/** A perceptron with QuickGELU. */
final class VisionMlp extends Layer {
    private final Linear fc1;
    private final Linear fc2;

    VisionMlp(VisionConfig config) {
        fc1 = child("fc1", Linear.withBias(config.width(), config.mlpWidth()));
        fc2 = child("fc2", Linear.withBias(config.mlpWidth(), config.width()));
    }

    @Override
    public Tensor forward(Tensor x) { // (B, N, D)
        return fc2.forward(quickGelu(fc1.forward(x)));
    }
}
