package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.convolution;

import io.github.deqa4j.score.Precision;
import org.bytedeco.pytorch.Tensor;

/**
 * A convolution of images with a bias and zeros around. Its weights are kept and its results given with the features of a place
 * side by side, which spares oneDNN from putting them so again and again.
 */
public final class Convolution extends Layer {
    private final Parameter weight; // (out, in, side, side)
    private final Parameter bias; // (out)
    private final long stride;
    private final long padding;
    private final Precision precision;

    /**
     * A convolution that keeps an image's size, but for the stride.
     *
     * @param side of the kernel in pixels, odd
     * @param precision what it is computed in, whatever the number format of the weights
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

    private Tensor computed(Tensor value) {
        return value.to(weight.value().device(), NativeTypes.of(precision));
    }
}
