package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.meanOfSquares;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** y = x/√(mean(x²) + ε) · w over the last dimension, in float32 inside (Zhang and Sennrich 2019, as LLaMA does it). */
public final class RmsNorm extends Layer {
    private final Parameter weight; // (dim)
    private final double eps;

    public RmsNorm(long dim, double eps) {
        weight = parameter("weight", dim);
        this.eps = eps;
    }

    @Override
    public Tensor forward(Tensor x) { // (…, dim)
        Tensor h = x.to(ScalarType.Float);
        Tensor scale = meanOfSquares(h).add(new Scalar(eps)).rsqrt(); // (…, 1)
        return weight.value().mul(h.mul(scale).to(x.scalar_type()));
    }
}
