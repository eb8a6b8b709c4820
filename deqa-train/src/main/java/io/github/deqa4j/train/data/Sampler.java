package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.train.config.ScheduleSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The order in which samples come. Each epoch takes every sample, as often as its set's weight says, once as A; B is another
 * sample of its set, drawn anew. The order of an epoch follows from the seed and the epoch's number alone, so that a place in
 * it is all that must be known to go on.
 */
public final class Sampler {
    private static final int STEPS_SORTED_TOGETHER = 50;
    private static final int MOST_STEPS = 1_000_000_000;

    private final List<SampleSet> sets;
    private final boolean pairs;
    private final boolean groupByLength;
    private final ScheduleSettings schedule;

    /**
     * An order of samples.
     *
     * @param sets at least one
     * @param pairs whether each sample gets a partner
     * @param groupByLength whether texts of similar length come together
     * @param schedule sizes and seed
     */
    public Sampler(List<SampleSet> sets, boolean pairs, boolean groupByLength, ScheduleSettings schedule) {
        this.sets = List.copyOf(sets);
        this.pairs = pairs;
        this.groupByLength = groupByLength;
        this.schedule = schedule;
    }

    /** Steps of an epoch; the last may be smaller. */
    public int stepsPerEpoch() {
        return (drawsPerEpoch() + stepSize() - 1) / stepSize();
    }

    /** Pairs, or single samples, of an epoch. */
    public int drawsPerEpoch() {
        return sets.stream().mapToInt(set -> set.repeated().size()).sum();
    }

    /** Number of data sets. */
    public int sets() {
        return sets.size();
    }

    /**
     * Steps of the whole run.
     *
     * @throws DeqaException if there are more than a billion
     */
    public int totalSteps() {
        long steps = schedule.maxSteps() > 0 ? schedule.maxSteps() : (long) schedule.epochs() * stepsPerEpoch();
        if (steps > MOST_STEPS) {
            throw new DeqaException(
                    "the run would have " + steps + " steps; make schedule.epochs or schedule.max_steps smaller");
        }
        return (int) steps;
    }

    /** The batches of the run after some steps of it, up to its end. */
    public Iterator<Batch> after(int steps) {
        int perEpoch = stepsPerEpoch();
        return IntStream.iterate(steps / perEpoch, epoch -> epoch + 1)
                .boxed()
                .flatMap(epoch -> batches(epoch, epoch * perEpoch, steps).stream())
                .takeWhile(batch -> batch.step() <= totalSteps())
                .iterator();
    }

    /** The epoch that a step lies in, from 0. */
    public int epochOf(int step) {
        return (step - 1) / stepsPerEpoch();
    }

    /** The pairs, or single samples, of an epoch in their order. */
    public List<TrainingItem> epoch(int epoch) {
        SplittableRandom random = new SplittableRandom(seed(epoch));
        List<TrainingItem> draws = new ArrayList<>();
        SplittableRandom seeds = new SplittableRandom(seed(epoch)).split();
        for (int i = 0; i < sets.size(); i++) {
            SampleSet set = sets.get(i);
            for (Sample sample : set.repeated()) {
                draws.add(new TrainingItem(sample, partner(set, sample, random), i, seeds.nextLong()));
            }
        }
        shuffle(draws, random);
        if (groupByLength) {
            sortByLength(draws, random);
        }
        return draws;
    }

    /** Drawn, because generators whose seeds differ by a constant may give the same numbers one place along. */
    private long seed(int epoch) {
        return new SplittableRandom(schedule.seed())
                .longs()
                .skip(epoch)
                .findFirst()
                .orElseThrow();
    }

    /** Pairs, or single samples, of a whole step. */
    public int stepSize() {
        return schedule.batchSize() * schedule.accumulation();
    }

    private List<Batch> batches(int epoch, int stepsBefore, int done) {
        List<TrainingItem> draws = epoch(epoch);
        List<Batch> batches = new ArrayList<>();
        for (int step = Math.max(0, done - stepsBefore); step < stepsPerEpoch(); step++) {
            int start = step * stepSize();
            addStep(draws.subList(start, Math.min(draws.size(), start + stepSize())), stepsBefore + step + 1, batches);
        }
        return batches;
    }

    private void addStep(List<TrainingItem> draws, int step, List<Batch> batches) {
        for (int start = 0; start < draws.size(); start += schedule.batchSize()) {
            int end = Math.min(draws.size(), start + schedule.batchSize());
            batches.add(new Batch(draws.subList(start, end), draws.size(), end == draws.size(), step));
        }
    }

    private Optional<Sample> partner(SampleSet set, Sample sample, SplittableRandom random) {
        if (!pairs) {
            return Optional.empty();
        }
        List<Sample> others = set.partners(sample);
        Sample last = others.get(others.size() - 1);
        Sample drawn = others.get(
                random.nextInt(others.size() - 1)); // any but the last, which stands in for the sample itself
        return Optional.of(drawn.id().equals(sample.id()) ? last : drawn);
    }

    /** As Fisher and Yates. */
    private static void shuffle(List<TrainingItem> draws, SplittableRandom random) {
        for (int i = draws.size() - 1; i > 0; i--) {
            swap(draws, i, random.nextInt(i + 1));
        }
    }

    /** Sorts within stretches of many steps, then changes the order of the steps, the last of which may be smaller. */
    private void sortByLength(List<TrainingItem> draws, SplittableRandom random) {
        int size = stepSize();
        int stretch = size * STEPS_SORTED_TOGETHER;
        for (int start = 0; start < draws.size(); start += stretch) {
            draws.subList(start, Math.min(draws.size(), start + stretch))
                    .sort(Comparator.comparingInt(TrainingItem::length).reversed());
        }
        for (int i = draws.size() / size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            for (int k = 0; k < size; k++) {
                swap(draws, i * size + k, j * size + k);
            }
        }
    }

    private static void swap(List<TrainingItem> draws, int i, int j) {
        TrainingItem draw = draws.get(i);
        draws.set(i, draws.get(j));
        draws.set(j, draw);
    }
}
