package io.github.deqa4j.torch.compact;

import static io.github.deqa4j.torch.nn.Functional.relu;

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

    Tensor forward(Tensor x) { // (B, in, H, W)
        Tensor h = relu(conv1.forward(x)); // (B, width, H/stride, W/stride)
        h = relu(conv2.forward(h));
        h = conv3.forward(h); // (B, out, H/stride, W/stride)
        return relu(h.add(shortcut == null ? x : shortcut.forward(x)));
    }
}
