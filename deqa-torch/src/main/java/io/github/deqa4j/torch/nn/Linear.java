package io.github.deqa4j.torch.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** y = x·Wᵀ + b over the last dimension. */
public final class Linear extends Layer {
    private static final String WEIGHT = "weight";

    private Parameter weight; // (out, in)
    private @Nullable Parameter scale; // (out), if the weight is quantized
    private final @Nullable Parameter bias; // (out)
    private RowSlices slices = new RowSlices();
    private int terms = 1;
    private @Nullable Observer observer;

    /** Is shown what goes into a layer and what comes out of it. */
    interface Observer {
        /**
         * Called after every {@link #forward(Tensor)}.
         *
         * @param x (…, in)
         * @param y (…, out)
         */
        void observe(Tensor x, Tensor y);
    }

    private Linear(long in, long out, boolean withBias) {
        weight = matrix(WEIGHT, out, in);
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

    /**
     * From now on the layer has a weight of 8-bit integers and, as {@code weight_scale} (out), a scale for each output
     * ({@link Int8}).
     *
     * @param shared decides how many rows are multiplied at once, for all layers of a network
     * @throws IllegalStateException if a weight is bound
     */
    void quantizeWeight(RowSlices shared) {
        long[] shape = weight.requireUnbound().shape();
        weight = steps(WEIGHT, shape);
        scale = parameter(WEIGHT + Int8.SCALE, shape[0]);
        slices = shared;
    }

    /** How often a quantized layer quantizes an input: 1, or 2 for what the first time left. */
    void inputTerms(int times) {
        terms = times;
    }

    /** Numbers in an input vector. */
    public long inputs() {
        return weight.shape()[1];
    }

    /** Numbers in an output vector. */
    public long outputs() {
        return weight.shape()[0];
    }

    /** Whether the layer has a weight of 8-bit integers. */
    boolean quantized() {
        return scale != null;
    }

    /** Whether the layer computes in less than 32 bit. */
    public boolean reduced() {
        return scale != null || weight.value().scalar_type().intern() != ScalarType.Float;
    }

    /** Sets who is shown inputs and outputs; null for nobody. */
    void observe(@Nullable Observer newObserver) {
        observer = newObserver;
    }

    @Override
    public Tensor forward(Tensor x) { // (…, in) → (…, out)
        Tensor b = bias == null ? null : bias.value();
        Tensor y = scale == null
                ? weight.bound().product(x, b)
                : Int8.product(x, weight.bound().tensor(), scale.value(), b, terms, slices);
        if (observer != null) {
            observer.observe(x, y);
        }
        return y;
    }

    /** What {@link #forward(Tensor)} would give if this layer, which is not quantized, were; in float32. */
    Tensor quantizedForward(Tensor x) { // (…, in) → (…, out)
        Int8.Rows rows = Int8.quantize(weight.value());
        try (Weight packed = rows.steps().packed();
                Weight scales = rows.scale()) {
            return Int8.product(x, packed.tensor(), scales.tensor(), bias == null ? null : bias.value(), terms, slices);
        }
    }

    /**
     * Some of the outputs, each computed as {@link #forward} does. The layer must not be quantized.
     *
     * @param x (…, in)
     * @param rows indices of outputs
     * @return (…, rows)
     */
    public Tensor forward(Tensor x, int[] rows) {
        return weight.bound().product(x, bias == null ? null : bias.value(), rows);
    }
}
