package io.github.deqa4j.score;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.ScoringException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * Scores images from 1 (bad) to 5 (excellent).
 *
 * <p>A scorer holds a network's weights until it is closed. It is thread-safe: any number of threads may share one, and
 * {@link #close} waits for those that are scoring. After that every method but {@code model} and {@code supportsMaps} throws
 * a {@link ScorerClosedException}.
 *
 * <p>On the CPU an image has the same score to the last bit, alone or beside others, from one thread or from many. On a GPU the
 * scores of different batches may differ by rounding: by about 1e-5 in float32 and 0.05 in bf16.
 *
 * <p>Every error that is raised on purpose is a {@link io.github.deqa4j.DeqaException}. An {@link OutOfMemoryError} stays one.
 */
public interface Scorer extends AutoCloseable {
    /**
     * Decodes an image as the network's authors do.
     *
     * @throws UnreadableImageException if it is missing, damaged, too large, or in no known format
     * @throws ScorerClosedException after {@link #close}
     */
    RgbImage decode(EncodedImage image);

    /**
     * Takes an image over from Java 2D by the rules of {@link #decode(EncodedImage)}; alpha is dropped. Later changes of the image
     * do not count.
     *
     * @throws UnreadableImageException if it has too many pixels, or samples that cannot be read
     * @throws ScorerClosedException after {@link #close}
     */
    RgbImage decode(BufferedImage image);

    /**
     * Scores decoded images of any sizes.
     *
     * @param images may be empty
     * @return a score for each image, in the same order
     * @throws ScoringException if the network gives no score for one of them
     * @throws UnusableModelException if it gives none for any image
     * @throws ScorerClosedException after {@link #close}, also for no images
     */
    List<QualityScore> scoreAll(List<RgbImage> images);

    /** Whether the network can score the parts of an image, too, so that {@link #scoreWithMap} works. */
    boolean supportsMaps();

    /**
     * Scores an image and its parts, with one pass through the network. The quality is that of {@link #score(RgbImage)}, to
     * the last bit on the CPU.
     *
     * @return the score, and a map in the image's own pixels
     * @throws InvalidSettingException if the network cannot ({@link #supportsMaps})
     * @throws ScoringException as {@link #scoreAll}
     * @throws ScorerClosedException after {@link #close}
     */
    MappedScore scoreWithMap(RgbImage image);

    /**
     * What gives the scores. The first call reads every byte of the model to hash it, which takes up to half a minute for 16
     * GB; later calls return the same object.
     *
     * @throws io.github.deqa4j.ModelLoadException if a file of the model cannot be read any more
     */
    ModelInfo model();

    /** Frees the network's weights, as soon as no thread is scoring. A second call does nothing. */
    @Override
    void close();

    /** Scores a decoded image; throws what {@link #scoreAll} throws. */
    default QualityScore score(RgbImage image) {
        return scoreAll(List.of(image)).get(0);
    }

    /** Decodes and scores an image; throws what {@link #decode(EncodedImage)} and {@link #scoreAll} throw. */
    default QualityScore score(EncodedImage image) {
        return score(decode(image));
    }

    /** Reads and scores an image file; throws what {@link #decode(EncodedImage)} and {@link #scoreAll} throw. */
    default QualityScore score(Path file) {
        return score(EncodedImage.of(file));
    }

    /** Scores an image of Java 2D; throws what {@link #decode(BufferedImage)} and {@link #scoreAll} throw. */
    default QualityScore score(BufferedImage image) {
        return score(decode(image));
    }
}
