package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.convolution;
import static io.github.deqa4j.torch.nn.Functional.relu;

import io.github.deqa4j.score.Precision;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of images with a bias and zero padding. Weights and results are in channels-last memory format, so that oneDNN need
 * not reorder them.
 */
public final class Convolution extends Layer {
    private final Parameter weight; // (out, in, side, side)
    private final Parameter bias; // (out)
    private final long stride;
    private final long padding;
    private final Precision precision;
    private @Nullable Fused fused; // once prepared

    /**
     * A convolution. Its padding is half the kernel, so that a stride of 1 keeps the size of the image.
     *
     * @param side side of the kernel in pixels, odd
     * @param precision number format of the computation; that of the weights may differ
     */
    public Convolution(long in, long out, long side, long stride, Precision precision) {
        weight = kernel("weight", out, in, side, side);
        bias = parameter("bias", out);
        this.stride = stride;
        this.precision = precision;
        padding = side / 2;
    }

    @Override
    public Tensor forward(Tensor x) { // (B, in, H, W) → (B, out, ⌈H/stride⌉, ⌈W/stride⌉)
        return convolution(computed(x), computed(weight.value()), computed(bias.value()), stride, padding);
    }

    /** max(y, 0), where y is the result of {@link #forward}. */
    public Tensor rectified(Tensor x) {
        return fused == null
                ? relu(forward(x))
                : fused.operators.rectified(computed(x), fused.kernel.tensor(), fused.bias.tensor(), stride, padding);
    }

    /**
     * max(y + other, 0), where y is the result of {@link #forward}.
     *
     * @param other in the shape, number format and memory format of y; a prepared convolution overwrites it
     */
    public Tensor rectifiedSum(Tensor x, Tensor other) {
        return fused == null
                ? relu(forward(x).add(other))
                : fused.operators.rectifiedSum(
                        computed(x), other, fused.kernel.tensor(), fused.bias.tensor(), stride, padding);
    }

    /**
     * From now on {@link #rectified} and {@link #rectifiedSum} pass over their result once, where oneDNN can do that, and record
     * nothing for gradients. The weights must not change any more. In bfloat16 nothing changes: oneDNN is slower that way.
     */
    @Override
    void prepareOwn() {
        if (precision == Precision.FLOAT32 && !weight.value().is_cuda() && fused == null) {
            fused = ConvolutionOperators.get().map(this::fused).orElse(null);
        }
    }

    private Fused fused(ConvolutionOperators operators) {
        return new Fused(
                operators,
                Weight.kept(() -> operators.packed(computed(weight.value()), stride, padding)),
                Weight.kept(() -> computed(bias.value()).clone()));
    }

    @Override
    void closeOwn() {
        if (fused != null) {
            fused.kernel.close();
            fused.bias.close();
            fused = null;
        }
        super.closeOwn();
    }

    private Tensor computed(Tensor value) {
        return value.to(weight.value().device(), NativeTypes.of(precision));
    }

    /** What a prepared convolution computes with. */
    private record Fused(ConvolutionOperators operators, Weight kernel, Weight bias) {}
}
