package io.github.deqa4j.train.data;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is learnt from at once: a pair of samples of one data set, or one sample.
 *
 * @param a one side
 * @param b the other side, of the same type; empty where images are learnt one by one
 * @param set number of the data set
 * @param seed of everything random in how the samples are shown
 */
public record TrainingItem(Sample a, Optional<Sample> b, int set, long seed) {
    /** The samples in it. */
    public Stream<Sample> samples() {
        return Stream.concat(Stream.of(a), b.stream());
    }

    /** What is shown of one of its samples. */
    public ImageRequest look(Sample sample) {
        return new ImageRequest(
                sample.image(), sample.treatment(), sample.treatment().random() ? seed : 0);
    }

    int length() {
        return samples().mapToInt(Sample::length).max().orElse(0);
    }
}
