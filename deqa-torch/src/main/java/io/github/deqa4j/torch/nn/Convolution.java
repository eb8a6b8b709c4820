package io.github.deqa4j.torch.nn;

import org.bytedeco.pytorch.Tensor;

/** A convolution of pictures with a bias and zeros around. */
public final class Convolution extends Layer {
    private final Parameter weight; // (out, in, side, side)
    private final Parameter bias; // (out)
    private final long stride;
    private final long padding;

    /**
     * A convolution that keeps a picture's size, but for the stride.
     *
     * @param side of the kernel in pixels, odd
     */
    public Convolution(long in, long out, long side, long stride) {
        weight = parameter("weight", out, in, side, side);
        bias = parameter("bias", out);
        this.stride = stride;
        padding = side / 2;
    }

    @Override
    public Tensor forward(Tensor x) { // (B, in, H, W) → (B, out, ⌈H/stride⌉, ⌈W/stride⌉)
        return Functional.convolution(
                Functional.like(x, weight.value()), weight.value(), bias.value(), stride, padding);
    }
}
