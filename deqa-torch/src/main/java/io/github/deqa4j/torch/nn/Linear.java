package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.linear;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** y = x·Wᵀ + b over the last dimension. */
public final class Linear extends Layer {
    private final Parameter weight; // (out, in)
    private final @Nullable Parameter bias; // (out)

    private Linear(long in, long out, boolean withBias) {
        weight = parameter("weight", out, in);
        bias = withBias ? parameter("bias", out) : null;
    }

    public static Linear withBias(long in, long out) {
        return new Linear(in, out, true);
    }

    public static Linear withoutBias(long in, long out) {
        return new Linear(in, out, false);
    }

    /** A layer without a bias that uses the vectors of an embedding as its weights; they stay the embedding's. */
    public static Linear over(Embedding embedding) {
        return new Linear(embedding.weight());
    }

    private Linear(Parameter shared) {
        weight = shared;
        bias = null;
    }

    @Override
    public Tensor forward(Tensor x) { // (…, in) → (…, out)
        return linear(x, weight.value(), bias == null ? null : bias.value());
    }

    /**
     * Only some of the outputs, each computed as {@link #forward} would.
     *
     * @param x (…, in)
     * @param rows indices of outputs
     * @return (…, rows)
     */
    public Tensor forward(Tensor x, int[] rows) {
        Tensor index = Tensors.indices(rows, weight.value());
        return linear(
                x,
                weight.value().index_select(0, index),
                bias == null ? null : bias.value().index_select(0, index));
    }
}
