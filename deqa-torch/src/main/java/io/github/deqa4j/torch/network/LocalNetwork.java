package io.github.deqa4j.torch.network;

import io.github.deqa4j.image.RgbImage;
import org.bytedeco.pytorch.Tensor;

/** A network that says of the parts of an image, too, how well each of the five levels fits them. */
public interface LocalNetwork {
    /** Where it looks at an image. */
    Windows windows(RgbImage image);

    /**
     * The logits of the five levels for an image and its parts, from one look at it.
     *
     * @param pixels (1, 3, H, W), of the image
     * @param windows of the image
     */
    LocalLogits logits(Tensor pixels, Windows windows);
}
