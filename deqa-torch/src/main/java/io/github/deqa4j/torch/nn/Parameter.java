package io.github.deqa4j.torch.nn;

import io.github.deqa4j.DeqaException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A named place for a weight in a network. It knows its shape from the start and gets its value when a checkpoint is
 * bound, so that a network of any size can be described without a byte of it being allocated.
 */
public final class Parameter implements AutoCloseable {
    private static final String UNBOUND = "no checkpoint is bound to this network, or it is closed";

    private final long[] shape;
    private final @Nullable Supplier<Weight> computed;
    private final boolean kernel;
    private @Nullable Weight weight;

    private Parameter(long[] shape, @Nullable Supplier<Weight> computed, boolean kernel) {
        this.shape = shape.clone();
        this.computed = computed;
        this.kernel = kernel;
    }

    /** One that every checkpoint must hold. */
    static Parameter stored(long[] shape) {
        return new Parameter(shape, null, false);
    }

    /** One that is computed where a checkpoint leaves it out. */
    static Parameter computed(long[] shape, Supplier<Weight> computed) {
        return new Parameter(shape, computed, false);
    }

    /** A convolution's, (out, in, height, width), which lies in memory with its inputs side by side. */
    static Parameter kernel(long[] shape) {
        return new Parameter(shape, null, true);
    }

    public long[] shape() {
        return shape.clone();
    }

    public long elements() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Whether a checkpoint may leave it out, because its value is computed: a buffer. */
    public boolean optional() {
        return computed != null;
    }

    /**
     * Gives the parameter its value and the ownership of it.
     *
     * @throws DeqaException if the shape is another one
     */
    public void bind(Weight newWeight) {
        long[] found = newWeight.tensor().shape();
        if (!Arrays.equals(found, shape)) {
            throw new DeqaException("a weight of shape " + Arrays.toString(found)
                    + " does not fit a parameter of shape " + Arrays.toString(shape));
        }
        close();
        weight = kernel ? newWeight.inputsTogether() : newWeight;
    }

    /** The computed value of a buffer, in float32 on the CPU; the caller owns it. */
    public Weight compute() {
        if (computed == null) {
            throw new IllegalStateException("only a buffer has a computed value");
        }
        return computed.get();
    }

    /** The bound weight. */
    public Tensor value() {
        if (weight == null) {
            throw new IllegalStateException(UNBOUND);
        }
        return weight.tensor();
    }

    /**
     * Says whether the weight is learnt. A weight that is gets memory of its own, because a mapped file cannot be written to.
     *
     * @throws IllegalStateException if no weight is bound
     */
    public void requireGradient(boolean required) {
        if (weight == null) {
            throw new IllegalStateException(UNBOUND);
        }
        if (required) {
            weight = weight.owned();
        }
        weight.tensor().set_requires_grad(required);
    }

    /** Whether the bound weight holds nothing but finite numbers. */
    public boolean finite() {
        return Weight.isFinite(value());
    }

    /** Whether the weight is learnt. */
    public boolean requiresGradient() {
        return weight != null && weight.tensor().requires_grad();
    }

    /**
     * The gradient that has been summed up since {@link #clearGradient}; null if none has reached the weight. Writing to it
     * changes it.
     */
    public @Nullable Tensor gradient() {
        Tensor gradient = new Tensor(value().grad()); // a handle of its own, the engine's may vanish
        return gradient.defined() ? gradient : null;
    }

    /** Makes the gradient zero, if there is none. */
    void completeGradient() {
        if (gradient() == null) {
            value().mutable_grad().put(torch.zeros_like(value().detach()));
        }
    }

    /** Forgets the gradient and frees its memory. */
    public void clearGradient() {
        value().mutable_grad().reset();
    }

    @Override
    public void close() {
        if (weight != null) {
            weight.close();
            weight = null;
        }
    }
}
