package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.nn.Functional.cat;

import io.github.deqa4j.config.AbstractorConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.LayerNorm;
import org.bytedeco.pytorch.Tensor;

/** The queries attend to themselves and to the image. The residual connection adds the normalized queries. */
final class AbstractorCrossAttention extends Block {
    static final double NORM_EPS = 1e-5;

    private final LayerNorm norm1;
    private final LayerNorm normk;
    private final AbstractorAttention attention;
    private final AbstractorOutput output;

    AbstractorCrossAttention(AbstractorConfig config, int grid) {
        norm1 = child("norm1", new LayerNorm(config.width(), NORM_EPS));
        normk = child("normk", new LayerNorm(config.width(), NORM_EPS));
        attention = child("attention", new AbstractorAttention(config, grid));
        output = child("output", new AbstractorOutput(config));
    }

    Tensor forward(Tensor h, Tensor image) { // (B, Q, D), (B, N, D)
        Tensor q = norm1.forward(h);
        Tensor kv = cat(1, q, normk.forward(image)); // (B, Q+N, D)
        return output.forward(q, attention.forward(q, kv)); // (B, Q, D)
    }
}
