package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.convolution;

import io.github.deqa4j.score.Precision;
import org.bytedeco.pytorch.Tensor;

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

    private Tensor computed(Tensor value) {
        return value.to(weight.value().device(), NativeTypes.of(precision));
    }
}
