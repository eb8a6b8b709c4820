package io.github.deqa4j.torch.network;

import io.github.deqa4j.image.RgbImage;
import org.bytedeco.pytorch.Tensor;

/** A network that says of the parts of a picture, too, how well each of the five levels fits them. */
public interface LocalNetwork {
    /** Where it looks at a picture. */
    Windows windows(RgbImage picture);

    /**
     * The logits of the five levels for a picture and its parts, from one look at it.
     *
     * @param pixels (1, 3, H, W), of the picture
     * @param windows of the picture
     */
    LocalLogits logits(Tensor pixels, Windows windows);
}
