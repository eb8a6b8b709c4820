package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.like;
import static io.github.deqa4j.torch.nn.Functional.patches;

import org.bytedeco.pytorch.Tensor;

/** One vector for each square patch of an image: a convolution whose stride is its width, without bias. */
public final class PatchEmbedding extends Layer {
    private final Parameter weight; // (width, channels, patch, patch)
    private final long patch;

    public PatchEmbedding(long channels, long width, long patch) {
        weight = parameter("weight", width, channels, patch, patch);
        this.patch = patch;
    }

    @Override
    public Tensor forward(Tensor pixels) { // (B, C, S, S)
        Tensor grid = patches(like(pixels, weight.value()), weight.value(), patch);
        return grid.flatten(2, 3).transpose(1, 2); // (B, (S/p)², width)
    }
}
