package io.github.deqa4j.torch.nn;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a network. It has a shape from the start, and a value once a weight is bound to it. So a network of any size can be
 * described without allocating its weights.
 */
public final class Parameter implements AutoCloseable {
    private static final String UNBOUND = "no checkpoint is bound to this network, or it is closed";

    private final long[] shape;
    private final @Nullable Supplier<Weight> computed;
    private final Role role;
    private @Nullable Weight weight;

    /** What a parameter is used for, which decides in what form it is kept. */
    private enum Role {
        /** A vector, or a table that is added. */
        USUAL,
        /** The kernel of a convolution. */
        KERNEL,
        /** A factor of a matrix product, or a table of vectors. */
        MATRIX,
        /** A quantized factor of a matrix product. */
        STEPS
    }

    private Parameter(long[] shape, @Nullable Supplier<Weight> computed, Role role) {
        this.shape = shape.clone();
        this.computed = computed;
        this.role = role;
    }

    /** A parameter that every checkpoint must hold. */
    static Parameter stored(long[] shape) {
        return new Parameter(shape, null, Role.USUAL);
    }

    /** A buffer: a parameter that is computed if a checkpoint does not hold it. */
    static Parameter computed(long[] shape, Supplier<Weight> computed) {
        return new Parameter(shape, computed, Role.USUAL);
    }

    /** The kernel of a convolution, (out, in, height, width), which is kept in channels-last memory format. */
    static Parameter kernel(long[] shape) {
        return new Parameter(shape, null, Role.KERNEL);
    }

    /** A factor of a matrix product or a table of vectors, which stays in half precision where a network is quantized. */
    static Parameter matrix(long[] shape) {
        return new Parameter(shape, null, Role.MATRIX);
    }

    /** A factor of a matrix product, (out, in), as 8-bit integers. */
    static Parameter steps(long[] shape) {
        return new Parameter(shape, null, Role.STEPS);
    }

    public long[] shape() {
        return shape.clone();
    }

    public long elements() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Whether this is a buffer, which a checkpoint need not hold. */
    public boolean optional() {
        return computed != null;
    }

    /** Whether this is a factor of a matrix product that was quantized to 8-bit integers. */
    public boolean quantized() {
        return role == Role.STEPS;
    }

    /** Bytes of an element that is bound with {@link #bind(Weight, Precision, Device)}. */
    public int bytes(Precision precision) {
        return Math.toIntExact(NativeTypes.bytes(format(precision)));
    }

    /**
     * Binds a weight, which the parameter then owns, after it is converted.
     *
     * @throws DeqaException if the weight has another shape
     */
    public void bind(Weight newWeight, Precision precision, Device device) {
        bind(quantized() ? newWeight : newWeight.to(format(precision), device));
    }

    /** The number format in which {@link #bind(Weight, Precision, Device)} keeps a weight. */
    public ScalarType format(Precision precision) {
        if (quantized()) {
            return ScalarType.Char;
        }
        return precision == Precision.INT8 && role == Role.MATRIX ? ScalarType.BFloat16 : NativeTypes.of(precision);
    }

    /**
     * Binds a weight, which the parameter then owns.
     *
     * @throws DeqaException if the weight has another shape
     */
    public void bind(Weight newWeight) {
        long[] found = newWeight.tensor().shape();
        if (!Arrays.equals(found, shape)) {
            throw new DeqaException("a weight of shape " + Arrays.toString(found)
                    + " does not fit a parameter of shape " + Arrays.toString(shape));
        }
        close();
        weight = switch (role) {
            case USUAL, MATRIX -> newWeight;
            case KERNEL -> newWeight.channelsLast();
            case STEPS -> newWeight.packed();
        };
    }

    /** This parameter, if no weight is bound to it. */
    Parameter requireUnbound() {
        if (weight != null) {
            throw new IllegalStateException("a weight is bound to this parameter already");
        }
        return this;
    }

    /** The computed value of a buffer, in float32 on the CPU; the caller owns it. */
    public Weight compute() {
        if (computed == null) {
            throw new IllegalStateException("only a buffer has a computed value");
        }
        return computed.get();
    }

    /** The tensor of the bound weight. */
    public Tensor value() {
        return bound().tensor();
    }

    /** The bound weight. */
    Weight bound() {
        if (weight == null) {
            throw new IllegalStateException(UNBOUND);
        }
        return weight;
    }

    /**
     * Sets whether the weight is trained. A trained weight is copied out of its mapped file, which cannot be written to.
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
        return quantized() || Weight.isFinite(value());
    }

    /** Whether the bound weight holds nothing but numbers above 0. */
    public boolean positive() {
        return Weight.least(value()) > 0;
    }

    /** Whether the weight is trained. */
    public boolean requiresGradient() {
        return weight != null && weight.tensor().requires_grad();
    }

    /**
     * The gradient summed up since {@link #clearGradient}; null if there is none. Changes to the tensor change the gradient.
     */
    public @Nullable Tensor gradient() {
        Tensor gradient = new Tensor(value().grad()); // a handle of its own, the engine's may vanish
        return gradient.defined() ? gradient : null;
    }

    /** Sets the gradient to zero if there is none. */
    void completeGradient() {
        if (gradient() == null) {
            value().mutable_grad().put(torch.zeros_like(value().detach()));
        }
    }

    /** Removes the gradient and frees its memory. */
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
