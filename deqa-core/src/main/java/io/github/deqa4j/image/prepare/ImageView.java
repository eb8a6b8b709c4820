package io.github.deqa4j.image.prepare;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.DeepGray;
import java.util.OptionalInt;

/**
 * Converts images to the input of a network, in two steps, so that training can crop between them. Implementations are
 * immutable and thread-safe.
 */
public interface ImageView {
    /** The sides of the network's input for an image, without making it. */
    InputSize size(RgbImage image);

    /** Resizes, pads or crops an image to what the network sees, before normalization. */
    RgbImage seen(RgbImage image);

    /** The network's input for what it sees. */
    Pixels normalized(RgbImage seen);

    /**
     * Side in pixels of the largest square that the network sees at its own scale; empty if it resizes all images to one size.
     */
    default OptionalInt ownScaleSide() {
        return OptionalInt.empty();
    }

    /** Whether the network sees an image at its own scale: it is not shrunk, and no side is shortened. */
    default boolean keepsScale(RgbImage image) {
        return false;
    }

    /** How files with gray samples of more than eight bits are read for this network. */
    DeepGray deepGray();

    /** The network's input for an image. */
    default Pixels pixels(RgbImage image) {
        return normalized(seen(image));
    }
}
