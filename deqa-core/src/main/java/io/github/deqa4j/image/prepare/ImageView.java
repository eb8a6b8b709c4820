package io.github.deqa4j.image.prepare;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.DeepGray;

/**
 * How a network sees images. Computed in two steps, so that training can cut a piece out between them. Any number of
 * threads may share one.
 */
public interface ImageView {
    /** What the network sees of an image, before normalization. */
    RgbImage seen(RgbImage image);

    /** The network's input for what it sees. */
    Pixels normalized(RgbImage seen);

    /** How files with gray of more than eight bits are to be read for the network. */
    DeepGray deepGray();

    /** The network's input for an image. */
    default Pixels pixels(RgbImage image) {
        return normalized(seen(image));
    }
}
