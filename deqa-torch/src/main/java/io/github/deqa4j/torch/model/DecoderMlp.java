package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.nn.Functional.siluGate;

import io.github.deqa4j.config.DecoderConfig;
import io.github.deqa4j.torch.nn.Layer;
import io.github.deqa4j.torch.nn.Linear;
import io.github.deqa4j.torch.nn.Slot;
import org.bytedeco.pytorch.Tensor;

/** LLaMA's gated perceptron: down(silu(gate·x) · up·x). */
final class DecoderMlp extends Layer {
    private final Slot gateProj;
    private final Slot upProj;
    private final Slot downProj;

    DecoderMlp(DecoderConfig config) {
        gateProj = child("gate_proj", new Slot(Linear.withoutBias(config.width(), config.mlpWidth())));
        upProj = child("up_proj", new Slot(Linear.withoutBias(config.width(), config.mlpWidth())));
        downProj = child("down_proj", new Slot(Linear.withoutBias(config.mlpWidth(), config.width())));
    }

    @Override
    public Tensor forward(Tensor x) { // (B, L, W)
        return downProj.forward(siluGate(gateProj.forward(x), upProj.forward(x)));
    }
}
