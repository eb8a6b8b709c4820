package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import java.util.ArrayList;
import java.util.List;

/** The samples of a data set. Immutable. */
public final class SampleSet {
    private final String name;
    private final int weight;
    private final List<Sample> samples;
    private final List<Sample> scored;
    private final List<Sample> described;

    /**
     * A data set.
     *
     * @param name what messages call it
     * @param weight how often each sample comes in an epoch
     * @param samples at least one
     */
    public SampleSet(String name, int weight, List<Sample> samples) {
        this.name = name;
        this.weight = weight;
        this.samples = List.copyOf(samples);
        scored = samples.stream().filter(sample -> !sample.description()).toList();
        described = samples.stream().filter(Sample::description).toList();
    }

    /** The samples in the order of their file. */
    public List<Sample> samples() {
        return samples;
    }

    /** The samples, each as often as an epoch has it. */
    List<Sample> repeated() {
        List<Sample> repeated = new ArrayList<>();
        for (int i = 0; i < weight; i++) {
            repeated.addAll(samples);
        }
        return repeated;
    }

    /** Those that can be paired with a sample: of its type, itself included. */
    List<Sample> partners(Sample sample) {
        return sample.description() ? described : scored;
    }

    /**
     * Checks that each sample has another one to be paired with.
     *
     * @throws DeqaException if there is only one of a type
     */
    public SampleSet requirePairs() {
        if (scored.size() == 1 || described.size() == 1) {
            throw new DeqaException(name
                    + ": there is only one row of a type, and a pair needs two; add rows, or set data.pairs to false");
        }
        return this;
    }
}
