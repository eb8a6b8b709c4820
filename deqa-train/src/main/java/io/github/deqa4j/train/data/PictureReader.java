package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.ImagePreprocessor;
import io.github.deqa4j.image.ImageReader;
import io.github.deqa4j.image.RgbImage;
import java.nio.file.Path;

/**
 * From a picture's file to the network's input. Immutable; any number of threads may share one.
 *
 * @param reader how files are read
 * @param preprocessor how pictures become the network's input
 */
public record PictureReader(ImageReader reader, ImagePreprocessor preprocessor) {
    /**
     * The network's input for a file, [3 × S × S].
     *
     * @throws DeqaException if it cannot be read
     */
    public float[] read(Path picture) {
        return preprocessor.pixels(reader.read(picture)).values();
    }

    /** Side S of the network's input, in pixels. */
    public int side() {
        return preprocessor.side();
    }

    /** Bytes of one input. */
    long bytes() {
        return (long) RgbImage.CHANNELS * side() * side() * Float.BYTES;
    }
}
