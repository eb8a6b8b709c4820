package io.github.deqa4j.torch.nn;

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
        return weight.bound().product(x, bias == null ? null : bias.value());
    }

    /**
     * Some of the outputs, each computed as {@link #forward} does.
     *
     * @param x (…, in)
     * @param rows indices of outputs
     * @return (…, rows)
     */
    public Tensor forward(Tensor x, int[] rows) {
        return weight.bound().product(x, bias == null ? null : bias.value(), rows);
    }
}
