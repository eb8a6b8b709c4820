package io.github.deqa4j.score;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.ImageReader;
import io.github.deqa4j.image.RgbImage;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * Says how good pictures look.
 *
 * <p>A scorer is thread-safe: any number of threads may share one. It holds the network's weights until it is closed;
 * calls after that fail with an {@link IllegalStateException}. The same picture always gets the same score, alone or in
 * a batch.
 */
public interface Scorer extends AutoCloseable {
    /**
     * Scores pictures in one batch.
     *
     * @param pictures decoded pictures of any sizes; may be empty
     * @return a score for each picture, in the same order
     */
    List<QualityScore> scoreAll(List<RgbImage> pictures);

    /** What this scorer reads encoded pictures with. */
    ImageReader reader();

    /** Scores a decoded picture. */
    default QualityScore score(RgbImage picture) {
        return scoreAll(List.of(picture)).get(0);
    }

    /** Scores a picture that Java 2D holds; its alpha is dropped. */
    default QualityScore score(BufferedImage picture) {
        return score(reader().convert(picture));
    }

    /**
     * Scores an encoded picture: JPEG, PNG, WebP, TIFF, GIF (its first frame) or BMP.
     *
     * @throws DeqaException if the bytes are not a picture that can be read
     */
    default QualityScore score(byte[] encoded) {
        return score(reader().read(encoded, "picture"));
    }

    /**
     * Scores a picture file, as {@link #score(byte[])} does.
     *
     * @throws DeqaException if the file is missing or not a picture that can be read
     */
    default QualityScore score(Path file) {
        return score(reader().read(file));
    }

    @Override
    void close();
}
