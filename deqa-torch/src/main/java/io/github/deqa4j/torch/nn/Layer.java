package io.github.deqa4j.torch.nn;

import org.bytedeco.pytorch.Tensor;

/** A block that maps one tensor to one tensor. */
public abstract class Layer extends Block {
    /** Applies the layer. */
    public abstract Tensor forward(Tensor x);
}
