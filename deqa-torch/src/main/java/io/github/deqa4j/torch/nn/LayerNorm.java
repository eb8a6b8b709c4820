package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.layerNorm;

import org.bytedeco.pytorch.Tensor;

/** y = (x − mean)/√(var + ε) · w + b over the last dimension (Ba et al. 2016). */
public final class LayerNorm extends Layer {
    private final Parameter weight; // (dim)
    private final Parameter bias; // (dim)
    private final double eps;

    public LayerNorm(long dim, double eps) {
        weight = parameter("weight", dim);
        bias = parameter("bias", dim);
        this.eps = eps;
    }

    @Override
    public Tensor forward(Tensor x) { // (…, dim)
        return layerNorm(x, weight.value(), bias.value(), eps);
    }
}
