package io.github.deqa4j.torch.nn;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Products of matrices with random numbers, to measure how fast a machine multiplies. What a layer does beside the product, such as
 * quantizing its input, is not part of it.
 */
public final class BareProduct implements AutoCloseable {
    private static final double WEIGHT_BOUND =
            0.02; // no value matters, but 0 and subnormal numbers may be faster or slower
    private static final long ZERO = 128; // of the input, 0 to 255

    private final Precision precision;
    private final long in;
    private final Weight weight; // (out, in), packed if its numbers are 8-bit integers
    private final Optional<Weight> scale; // (out), of 8-bit integers

    private BareProduct(Precision precision, long in, Weight weight, Optional<Weight> scale) {
        this.precision = precision;
        this.in = in;
        this.weight = weight;
        this.scale = scale;
    }

    /**
     * Products with a random weight.
     *
     * @param precision of both factors
     * @param in numbers in a row of an input
     * @param out numbers in a row of a product
     * @param seed the same seed gives the same weight
     * @throws DeqaException if this platform has no products of the precision
     */
    public static BareProduct random(Precision precision, long in, long out, long seed) {
        if (precision != Precision.INT8) {
            Weight exact = Weight.uniform(WEIGHT_BOUND, seed, out, in);
            return new BareProduct(precision, in, exact.to(precision, Device.CPU), Optional.empty());
        }
        Operators.get(); // fails before there is memory to free
        try (Weight exact = Weight.uniform(WEIGHT_BOUND, seed, out, in)) {
            Int8.Rows rows = Int8.quantize(exact.tensor());
            return new BareProduct(precision, in, rows.steps().packed(), Optional.of(rows.scale()));
        }
    }

    /**
     * A random input; the caller closes it.
     *
     * @return (rows, in)
     */
    public Weight input(long rows) {
        if (precision != Precision.INT8) {
            return Weight.uniform(1, rows, rows, in).to(precision, Device.CPU);
        }
        return Weight.kept(() ->
                Functional.plus(Functional.uniform(ZERO, rows, rows, in), ZERO).to(ScalarType.Byte));
    }

    /** x·Wᵀ: (rows, in) → (rows, out). */
    public Tensor of(Tensor x) {
        return scale.map(s -> Operators.get().product(x, ZERO, weight.tensor(), s.tensor(), zeros(s)))
                .orElseGet(() -> torch.linear(x, weight.tensor()));
    }

    private static Tensor zeros(Weight scale) {
        return torch.zeros(scale.tensor().shape(), new TensorOptions(ScalarType.Int));
    }

    @Override
    public void close() {
        weight.close();
        scale.ifPresent(Weight::close);
    }
}
