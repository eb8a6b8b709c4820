package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.atLeast;
import static io.github.deqa4j.torch.nn.Functional.times;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products of 8-bit integers (Dettmers et al. 2022, section 2, "vector-wise quantization"). A weight is W ≈ diag(s)·Q: one scale
 * for each output. An input is quantized when it arrives, with one scale for each row, that is, for each token. Sums are exact 32-bit
 * integers, so that neither the order of summation nor the other rows change a result.
 */
public final class Int8 {
    /** What the name of a quantized weight's scale has after the weight's name. */
    public static final String SCALE = "_scale";

    /** The largest step; the least is its opposite. */
    public static final int LARGEST = 127;

    /** What oneDNN adds to signed inputs, since it multiplies fastest without a sign on the left. */
    private static final int ZERO = 128;

    /** Elements that are quantized at once, so that what is computed of them stays in the caches. */
    private static final long CACHED_ELEMENTS = 1 << 20;

    /** Keeps the scale of a row of zeros above 0. */
    private static final double LEAST = 1e-30;

    private Int8() {}

    /**
     * A quantized weight: W ≈ diag(scale)·steps.
     *
     * @param steps (out, in), 8-bit integers from −127 to 127; the caller closes it
     * @param scale (out), float32, above 0; the caller closes it
     */
    public record Rows(Weight steps, Weight scale) {}

    /**
     * Quantizes a weight. The largest element of each row becomes ±127.
     *
     * @param weight (out, in), finite
     */
    public static Rows quantize(Tensor weight) {
        long[] shape = weight.shape();
        Weight steps = Weight.kept(() -> torch.zeros(shape, new TensorOptions(ScalarType.Char)));
        Weight scale = Weight.kept(() -> torch.zeros(new long[] {shape[0]}, new TensorOptions(ScalarType.Float)));
        long rows = Math.max(1, CACHED_ELEMENTS / shape[1]);
        for (long start = 0; start < shape[0]; start += rows) {
            long count = Math.min(rows, shape[0] - start);
            try (NativeScope scope = NativeScope.inference()) {
                Tensor exact = weight.narrow(0, start, count).to(ScalarType.Float);
                Tensor step = step(exact); // (count, 1)
                scale.tensor().narrow(0, start, count).copy_(step.squeeze(1));
                steps.tensor().narrow(0, start, count).copy_(integers(quantized(exact.div(step), 0, ScalarType.QInt8)));
            }
        }
        return new Rows(steps, scale);
    }

    /**
     * x·Wᵀ + b over the last dimension.
     *
     * @param x (…, in), float32
     * @param packed W, of {@link Operators#packed}
     * @param scale (out), of W
     * @param bias (out), float32
     * @param terms 1, or 2 to quantize what the first quantization left of x, too, for twice the work
     * @param slices decides how many rows are multiplied at once
     * @return (…, out), float32
     */
    static Tensor product(Tensor x, Tensor packed, Tensor scale, @Nullable Tensor bias, int terms, RowSlices slices) {
        long[] shape = x.shape();
        int last = shape.length - 1;
        Tensor y = product(x.reshape(-1, shape[last]).to(ScalarType.Float), packed, scale, terms, slices);
        shape[last] = scale.size(0);
        return (bias == null ? y : y.add_(bias)).view(shape);
    }

    private static Tensor product(
            Tensor x, Tensor packed, Tensor scale, int terms, RowSlices slices) { // (rows, in) → (rows, out)
        Tensor step = step(x); // (rows, 1)
        Tensor steps = quantized(x.div(step), ZERO, ScalarType.QUInt8);
        Tensor zeros = torch.zeros(new long[] {scale.size(0)}, new TensorOptions(ScalarType.Int));
        Tensor y = slices.apply(
                        integers(steps),
                        scale.size(0),
                        rows -> Operators.get().product(rows, ZERO, packed, scale, zeros))
                .mul_(step);
        if (terms == 1) {
            return y;
        }
        Tensor left = x.sub(steps.dequantize().mul_(step));
        return y.add_(product(left, packed, scale, terms - 1, slices));
    }

    /** The size of a step in each row, so that the largest element is 127 steps: (rows, n) → (rows, 1). */
    private static Tensor step(Tensor x) {
        Tensor largest = torch.maximum(
                x.amax(new long[] {1}, true), x.amin(new long[] {1}, true).neg());
        return atLeast(times(largest, 1.0 / LARGEST), LEAST);
    }

    /** x + zero, rounded to the nearest integer that the format holds. */
    private static Tensor quantized(Tensor x, long zero, ScalarType format) {
        return torch.quantize_per_tensor(x, 1, zero, format);
    }

    /** The integers of a quantized tensor, in its memory. */
    private static Tensor integers(Tensor quantized) {
        ScalarType format = quantized.scalar_type().intern() == ScalarType.QInt8 ? ScalarType.Char : ScalarType.Byte;
        return torch.from_blob(quantized.data_ptr(), quantized.shape(), new TensorOptions(format));
    }
}
