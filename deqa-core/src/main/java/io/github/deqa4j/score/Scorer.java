package io.github.deqa4j.score;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.reader.ImageReader;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * Says how good images look.
 *
 * <p>A scorer is thread-safe: any number of threads may share one. It holds the network's weights until it is closed;
 * calls after that fail with an {@link IllegalStateException}. The same image always gets the same score, alone or in
 * a batch.
 */
public interface Scorer extends AutoCloseable {
    /**
     * Scores images in one batch.
     *
     * @param images decoded images of any sizes; may be empty
     * @return a score for each image, in the same order
     */
    List<QualityScore> scoreAll(List<RgbImage> images);

    /** What this scorer reads encoded images with. */
    ImageReader reader();

    /** Scores a decoded image. */
    default QualityScore score(RgbImage image) {
        return scoreAll(List.of(image)).get(0);
    }

    /** Scores an image that Java 2D holds; its alpha is dropped. */
    default QualityScore score(BufferedImage image) {
        return score(reader().convert(image));
    }

    /**
     * Scores an encoded image: JPEG, PNG, WebP, TIFF, GIF (its first frame) or BMP.
     *
     * @throws DeqaException if the bytes are not an image that can be read
     */
    default QualityScore score(byte[] encoded) {
        return score(reader().read(encoded, "image"));
    }

    /**
     * Scores an image file, as {@link #score(byte[])} does.
     *
     * @throws DeqaException if the file is missing or not an image that can be read
     */
    default QualityScore score(Path file) {
        return score(reader().read(file));
    }

    @Override
    void close();
}
