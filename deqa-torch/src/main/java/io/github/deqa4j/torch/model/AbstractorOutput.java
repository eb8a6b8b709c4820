package io.github.deqa4j.torch.model;

import io.github.deqa4j.config.AbstractorConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.LayerNorm;
import io.github.deqa4j.torch.nn.Linear;
import org.bytedeco.pytorch.Tensor;

/** The part of an abstractor layer after the attention: projection, residual, perceptron, residual. */
final class AbstractorOutput extends Block {
    private final Linear outProj;
    private final LayerNorm norm2;
    private final AbstractorMlp mlp;

    AbstractorOutput(AbstractorConfig config) {
        outProj = child("out_proj", Linear.withBias(config.width(), config.width()));
        norm2 = child("norm2", new LayerNorm(config.width(), AbstractorCrossAttention.NORM_EPS));
        mlp = child("mlp", new AbstractorMlp(config));
    }

    Tensor forward(Tensor q, Tensor attended) { // (B, Q, D) both
        Tensor h = q.add(outProj.forward(attended));
        return h.add(mlp.forward(norm2.forward(h)));
    }
}
