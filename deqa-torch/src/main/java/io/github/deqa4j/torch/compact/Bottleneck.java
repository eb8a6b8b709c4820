package io.github.deqa4j.torch.compact;

import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Convolution;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A bottleneck residual block (He et al. 2015, figure 5 right): convolutions of 1 × 1, 3 × 3 and 1 × 1, and a shortcut. The first
 * convolution has the stride, as in the paper.
 */
final class Bottleneck extends Block {
    private final Convolution conv1;
    private final Convolution conv2;
    private final Convolution conv3;
    private final @Nullable Convolution shortcut;

    /**
     * A block.
     *
     * @param in features of the input
     * @param width features of the 3 × 3 convolution
     * @param out features of the output; the shortcut is a convolution unless they are as many as those of the input
     * @param precision number format of the computation
     */
    Bottleneck(int in, int width, int out, int stride, Precision precision) {
        conv1 = child("conv1", new Convolution(in, width, 1, stride, precision));
        conv2 = child("conv2", new Convolution(width, width, 3, 1, precision));
        conv3 = child("conv3", new Convolution(width, out, 1, 1, precision));
        shortcut = in == out ? null : child("shortcut", new Convolution(in, out, 1, stride, precision));
    }

    /** The block's result; a prepared block without a convolution as its shortcut overwrites its input with it. */
    Tensor forward(Tensor x) { // (B, in, H, W)
        Tensor h = conv1.rectified(x); // (B, width, H/stride, W/stride)
        h = conv2.rectified(h);
        return conv3.rectifiedSum(h, shortcut == null ? x : shortcut.forward(x)); // (B, out, H/stride, W/stride)
    }
}
