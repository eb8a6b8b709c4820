package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.nn.Functional.cat;

import org.bytedeco.pytorch.Tensor;

/**
 * Keys and values of some positions in one layer of the decoder.
 *
 * @param keys (B, H, L, D), rotated by their positions
 * @param values (B, H, L, D)
 */
record KeysValues(Tensor keys, Tensor values) {
    /** Those of a text that all images share, and then these. */
    KeysValues after(KeysValues before) {
        long batch = keys.size(0);
        return new KeysValues(
                cat(2, before.keys.expand(batch, -1, -1, -1), keys),
                cat(2, before.values.expand(batch, -1, -1, -1), values));
    }
}
