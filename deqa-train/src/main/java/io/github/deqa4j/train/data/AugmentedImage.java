package io.github.deqa4j.train.data;

import java.util.function.Function;

/**
 * An image after augmentation.
 *
 * @param <T> the form of the image: eight-bit RGB before normalization, the network's input after it
 * @param image the image
 * @param qualityDrop by how many levels it is meant to be worse than the image that it was made from, 0 or more
 */
public record AugmentedImage<T>(T image, double qualityDrop) {
    /** The same image in another form. */
    <U> AugmentedImage<U> map(Function<T, U> conversion) {
        return new AugmentedImage<>(conversion.apply(image), qualityDrop);
    }
}
