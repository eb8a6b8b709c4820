package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.nn.Functional.siluGate;

import io.github.deqa4j.config.AbstractorConfig;
import io.github.deqa4j.torch.nn.Layer;
import io.github.deqa4j.torch.nn.LayerNorm;
import io.github.deqa4j.torch.nn.Linear;
import org.bytedeco.pytorch.Tensor;

/** A gated perceptron with a norm: w2(LN(silu(w1·x) · w3·x)). */
final class AbstractorMlp extends Layer {
    private final Linear w1;
    private final Linear w2;
    private final Linear w3;
    private final LayerNorm ffnLn;

    AbstractorMlp(AbstractorConfig config) {
        w1 = child("w1", Linear.withBias(config.width(), config.mlpWidth()));
        w2 = child("w2", Linear.withBias(config.mlpWidth(), config.width()));
        w3 = child("w3", Linear.withBias(config.width(), config.mlpWidth()));
        ffnLn = child("ffn_ln", new LayerNorm(config.mlpWidth(), config.eps()));
    }

    @Override
    public Tensor forward(Tensor x) { // (B, Q, D)
        return w2.forward(ffnLn.forward(siluGate(w1.forward(x), w3.forward(x))));
    }
}
