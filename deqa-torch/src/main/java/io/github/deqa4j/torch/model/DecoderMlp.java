package io.github.deqa4j.torch.model;

import io.github.deqa4j.config.DecoderConfig;
import io.github.deqa4j.torch.nn.Functional;
import io.github.deqa4j.torch.nn.Layer;
import io.github.deqa4j.torch.nn.Linear;
import org.bytedeco.pytorch.Tensor;

/** LLaMA's gated perceptron: down(silu(gate·x) · up·x). */
final class DecoderMlp extends Layer {
    private final Linear gateProj;
    private final Linear upProj;
    private final Linear downProj;

    DecoderMlp(DecoderConfig config) {
        gateProj = child("gate_proj", Linear.withoutBias(config.width(), config.mlpWidth()));
        upProj = child("up_proj", Linear.withoutBias(config.width(), config.mlpWidth()));
        downProj = child("down_proj", Linear.withoutBias(config.mlpWidth(), config.width()));
    }

    @Override
    public Tensor forward(Tensor x) { // (B, L, W)
        return downProj.forward(Functional.silu(gateProj.forward(x)).mul(upProj.forward(x)));
    }
}
