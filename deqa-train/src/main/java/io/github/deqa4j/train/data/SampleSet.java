package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The samples of a data set. Immutable. */
public final class SampleSet {
    private final String name;
    private final int weight;
    private final List<Sample> samples;
    private final Map<Class<?>, List<Sample>> byType;

    /**
     * A data set.
     *
     * @param name its name in messages
     * @param weight how often an epoch has each sample, 1 or more
     * @param samples at least one
     */
    public SampleSet(String name, int weight, List<Sample> samples) {
        this.name = name;
        this.weight = weight;
        this.samples = List.copyOf(samples);
        byType = samples.stream().collect(Collectors.groupingBy(Object::getClass));
    }

    /** The samples in the order of their file. */
    public List<Sample> samples() {
        return samples;
    }

    /** How often an epoch has each sample. */
    int weight() {
        return weight;
    }

    /** Number of samples of an epoch. */
    long samplesPerEpoch() {
        return (long) weight * samples.size();
    }

    /** The samples that one can be paired with: those of its type, itself included, in the order of their file. */
    List<Sample> partners(Sample sample) {
        return Objects.requireNonNull(byType.get(sample.getClass()));
    }

    /**
     * Checks that every sample can be paired with another one.
     *
     * @throws DeqaException if there is only one of a type
     */
    public SampleSet requirePairs() {
        if (byType.values().stream().anyMatch(ofType -> ofType.size() == 1)) {
            throw new DeqaException(name
                    + ": there is only one row of a type, and a pair needs two; add rows, or set data.pairs to false");
        }
        return this;
    }
}
