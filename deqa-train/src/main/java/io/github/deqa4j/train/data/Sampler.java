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
 * The order of the samples in training. An epoch has every sample as A, as often as the weight of its set says; B is another
 * sample of the same set, drawn at random for every pair. The order of an epoch depends only on the seed and the number of
 * the epoch. A run can therefore be resumed from the number of its steps.
 */
public final class Sampler {
    private static final int STEPS_SORTED_TOGETHER = 50;
    private static final int MAX_STEPS = 1_000_000_000;
    private static final int MAX_ITEMS = 1_000_000_000;

    private final List<SampleSet> sets;
    private final boolean pairs;
    private final boolean groupByLength;
    private final ScheduleSettings schedule;
    private final int itemsPerEpoch;

    /**
     * A sampler.
     *
     * @param sets at least one
     * @param pairs whether samples are trained in pairs
     * @param groupByLength whether a step gets texts of similar length
     * @param schedule batch size, length of the run and seed
     * @throws DeqaException if an epoch has more than a billion items
     */
    public Sampler(List<SampleSet> sets, boolean pairs, boolean groupByLength, ScheduleSettings schedule) {
        this.sets = List.copyOf(sets);
        this.pairs = pairs;
        this.groupByLength = groupByLength;
        this.schedule = schedule;
        itemsPerEpoch = itemsPerEpoch(sets);
    }

    private static int itemsPerEpoch(List<SampleSet> sets) {
        long items = sets.stream().mapToLong(SampleSet::samplesPerEpoch).sum();
        if (items > MAX_ITEMS) {
            throw new DeqaException("an epoch would have " + items
                    + " images, each counted as often as the weight of its data set says; make the weights in data.sets"
                    + " and data.ladders.weight smaller");
        }
        return (int) items;
    }

    /** Number of steps of an epoch. The last of them may be smaller than the others. */
    public int stepsPerEpoch() {
        return (int) (((long) itemsPerEpoch + stepSize() - 1) / stepSize());
    }

    /** Number of pairs, or of single samples, of an epoch. */
    public int itemsPerEpoch() {
        return itemsPerEpoch;
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
        if (steps > MAX_STEPS) {
            throw new DeqaException(
                    "the run would have " + steps + " steps; make schedule.epochs or schedule.max_steps smaller");
        }
        return (int) steps;
    }

    /** The batches of the run from the step after {@code steps} to its end. */
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
        List<TrainingItem> items = new ArrayList<>(itemsPerEpoch);
        SplittableRandom seeds = new SplittableRandom(seed(epoch)).split();
        for (int i = 0; i < sets.size(); i++) {
            SampleSet set = sets.get(i);
            for (int repetition = 0; repetition < set.weight(); repetition++) {
                for (Sample sample : set.samples()) {
                    items.add(new TrainingItem(sample, partner(set, sample, random), i, seeds.nextLong()));
                }
            }
        }
        shuffle(items, random);
        if (groupByLength) {
            sortByLength(items, random);
        }
        return items;
    }

    /** A random number: generators whose seeds differ by a constant may give the same sequence, shifted by one. */
    private long seed(int epoch) {
        return new SplittableRandom(schedule.seed())
                .longs()
                .skip(epoch)
                .findFirst()
                .orElseThrow();
    }

    /** Number of pairs, or of single samples, of a whole step. */
    public int stepSize() {
        return schedule.batchSize() * schedule.accumulation();
    }

    private List<Batch> batches(int epoch, int stepsBefore, int done) {
        List<TrainingItem> items = epoch(epoch);
        List<Batch> batches = new ArrayList<>();
        for (int step = Math.max(0, done - stepsBefore); step < stepsPerEpoch(); step++) {
            int start = step * stepSize();
            addStep(items.subList(start, Math.min(items.size(), start + stepSize())), stepsBefore + step + 1, batches);
        }
        return batches;
    }

    private void addStep(List<TrainingItem> items, int step, List<Batch> batches) {
        for (int start = 0; start < items.size(); start += schedule.batchSize()) {
            int end = Math.min(items.size(), start + schedule.batchSize());
            batches.add(new Batch(items.subList(start, end), items.size(), end == items.size(), step));
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

    /** The shuffle of Fisher and Yates. */
    private static void shuffle(List<TrainingItem> items, SplittableRandom random) {
        for (int i = items.size() - 1; i > 0; i--) {
            swap(items, i, random.nextInt(i + 1));
        }
    }

    /** Sorts the items of 50 steps at a time by length, then shuffles the whole steps. */
    private void sortByLength(List<TrainingItem> items, SplittableRandom random) {
        int size = stepSize();
        int stretch = size * STEPS_SORTED_TOGETHER;
        for (int start = 0; start < items.size(); start += stretch) {
            items.subList(start, Math.min(items.size(), start + stretch))
                    .sort(Comparator.comparingInt(TrainingItem::tokens).reversed());
        }
        for (int i = items.size() / size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            for (int k = 0; k < size; k++) {
                swap(items, i * size + k, j * size + k);
            }
        }
    }

    private static void swap(List<TrainingItem> items, int i, int j) {
        TrainingItem item = items.get(i);
        items.set(i, items.get(j));
        items.set(j, item);
    }
}
