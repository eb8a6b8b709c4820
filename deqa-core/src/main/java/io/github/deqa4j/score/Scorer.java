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
 * {@link #close} waits for those that are scoring. After that every method but {@code model}, {@code batch} and
 * {@code supportsMaps}, {@code supportsDetail} and {@code keepsScale} throws a {@link ScorerClosedException}.
 *
 * <p>Images go through the network in groups of {@link #batch}; what an incomplete group lacks is filled with copies of an image of it.
 * On the CPU an image therefore has the same score to the last bit, alone or beside others and in any order, from one thread or from
 * many. Scores of another batch differ by rounding.
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
     * Scores decoded images of any sizes. Those that the network sees in one size go through it in groups of {@link #batch}.
     *
     * @param images may be empty
     * @return a score for each image, in the same order
     * @throws ScoringException if the network gives no score for one of them
     * @throws UnusableModelException if it gives none for any image
     * @throws ScorerClosedException after {@link #close}, also for no images
     */
    List<QualityScore> scoreAll(List<RgbImage> images);

    /**
     * How many images of one size are in a pass through the network, at least 1. Parts of a network may take the images of a pass one after
     * another: on a CPU the vision transformer of a large one does.
     */
    default int batch() {
        return 1;
    }

    /**
     * Does ahead what needs no network: resizes and normalizes an image. A program that scores many images calls this on other
     * threads than {@link #scorePrepared}; {@link BatchScorer} does so. The result holds the image, and the network's input for it: 3
     * MB for the small network, 2.4 MB for a large one.
     *
     * @throws ScorerClosedException after {@link #close}
     */
    default PreparedImage prepare(RgbImage image) {
        return () -> image;
    }

    /** Scores prepared images; otherwise as {@link #scoreAll}. Images that another scorer prepared are prepared again. */
    default List<QualityScore> scorePrepared(List<PreparedImage> images) {
        return scoreAll(images.stream().map(PreparedImage::image).toList());
    }

    /** Whether the network can score the parts of an image, too, so that {@link #scoreWithMap} works. */
    boolean supportsMaps();

    /**
     * Scores an image and its parts, with one pass through the network. The quality is that of {@link #score(RgbImage)}, to
     * the last bit on the CPU. A map takes the time of a whole group, so that a {@link #batch} above 1 only slows maps down.
     *
     * @return the score, and a map in the image's own pixels
     * @throws InvalidSettingException if the network cannot ({@link #supportsMaps})
     * @throws ScoringException as {@link #scoreAll}
     * @throws ScorerClosedException after {@link #close}
     */
    MappedScore scoreWithMap(RgbImage image);

    /** Whether the network can score an image at its own scale, so that {@link #scoreDetail(RgbImage, DetailSettings)} works. */
    default boolean supportsDetail() {
        return false;
    }

    /** Whether the model names faults ({@link QualityScore#faults}). */
    default boolean namesFaults() {
        return false;
    }

    /**
     * Whether the network sees an image at its own scale as a whole. Its detail is then {@link DetailScore#ofWhole} of its score.
     */
    default boolean keepsScale(RgbImage image) {
        return false;
    }

    /**
     * Scores an image at its own scale: tiles of it, as large as the network takes without shrinking them. Images that the network sees at
     * their own scale as a whole are one tile, and their quality is that of {@link #score(RgbImage)}, to the last bit on the CPU.
     * Of larger ones, flat tiles are left out, and so many of the others as the settings say are chosen evenly. They go through the
     * network in groups of {@link #batch}. The same image and settings have the same result to the last bit on the CPU.
     *
     * @throws InvalidSettingException if the network cannot ({@link #supportsDetail})
     * @throws ScoringException as {@link #scoreAll}
     * @throws ScorerClosedException after {@link #close}
     */
    default DetailScore scoreDetail(RgbImage image, DetailSettings settings) {
        throw new InvalidSettingException(
                "view", "this model sees images only as a whole; set the view to whole or open a small network");
    }

    /**
     * Scores an image at its own scale when the score of the whole is known. Where the network keeps the image's scale ({@link #keepsScale}),
     * this takes that score and no pass, also after {@link #close}; the result is that of {@link #scoreDetail(RgbImage, DetailSettings)}, to
     * the last bit on the CPU, whose errors this throws otherwise.
     *
     * @param whole what {@link #score(RgbImage)} gives for the image
     */
    default DetailScore scoreDetail(RgbImage image, DetailSettings settings, QualityScore whole) {
        return keepsScale(image) ? DetailScore.ofWhole(image, whole) : scoreDetail(image, settings);
    }

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
