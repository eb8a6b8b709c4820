package io.github.deqa4j.train.data;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * One item of a batch: a pair of samples of one data set, or a single sample.
 *
 * @param a the sample, or the first of the pair
 * @param b the second of the pair, of the same type as the first; empty for a single sample
 * @param set index of the data set
 * @param seed seed of the random numbers of the augmentation
 */
public record TrainingItem(Sample a, Optional<Sample> b, int set, long seed) {
    /** Its samples: one or two. */
    public Stream<Sample> samples() {
        return Stream.concat(Stream.of(a), b.stream());
    }

    /** What must be read for one of its samples. */
    public ImageRequest request(Sample sample) {
        return new ImageRequest(
                sample.image(), sample.augmentation(), sample.augmentation().isRandom() ? seed : 0);
    }

    /** Number of tokens of its longest text. */
    int tokens() {
        return samples().mapToInt(Sample::tokens).max().orElse(0);
    }
}
