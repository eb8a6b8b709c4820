package io.github.deqa4j.train.checkpoint;

import java.util.Locale;

/** The files of tensors in a checkpoint. */
public enum TensorGroup {
    /** The learnt weights, by their names in the network. */
    WEIGHTS,
    /** What the optimizer carries from step to step. */
    OPTIMIZER,
    /** The averaged weights, where there are such. */
    AVERAGES;

    String fileName() {
        return name().toLowerCase(Locale.ROOT) + ".safetensors";
    }
}
