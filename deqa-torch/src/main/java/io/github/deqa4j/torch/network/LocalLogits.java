package io.github.deqa4j.torch.network;

import org.bytedeco.pytorch.Tensor;

/**
 * What a network says of an image and its parts.
 *
 * @param whole (1, 5), the image's own, to the last bit those of {@link LevelNetwork#logits}
 * @param places (1, rows, columns, 5), for each of the windows
 */
public record LocalLogits(Tensor whole, Tensor places) {}
