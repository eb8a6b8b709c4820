package io.github.deqa4j.train.distortion;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.train.distortion.DistortionSequence.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Distortion ladders: a pristine image and versions of it in order of falling quality. The order is known without asking
 * people. One or two kinds of distortion and rising strengths are chosen at random. The result depends only on the seed and
 * the settings. Immutable; any number of threads may share one.
 */
public final class Ladder {
    private static final int CHOICES = 50;
    private static final long SEED_STEP = 0x9E3779B97F4A7C15L; // an odd constant, so that choices have different seeds

    private final LadderSettings settings;

    /**
     * One version of an image.
     *
     * @param distortions the distortions of the pristine image; none for the pristine image itself
     * @param image the result
     */
    public record State(DistortionSequence distortions, RgbImage image) {}

    public Ladder(LadderSettings settings) {
        this.settings = settings;
    }

    /**
     * The versions of an image, from best to worst: the pristine image itself, then {@code steps} distorted ones of the same
     * size. Each has a greater mean squared error than the one before. If the first choice of distortions does not have this
     * order on this image (colors of a gray image, stripes shifted by their own period), another one is taken.
     *
     * @param seed seed of kinds, strengths, noise, places and directions
     * @throws DeqaException if none of many choices has this order, for example blur of an image of one color
     */
    public List<State> states(RgbImage pristine, long seed) {
        for (int choice = 0; choice < CHOICES; choice++) {
            List<State> states = sequences(seed + choice * SEED_STEP).stream()
                    .map(distortions -> new State(distortions, distortions.apply(pristine)))
                    .toList();
            if (isOrdered(states)) {
                return states;
            }
        }
        throw new DeqaException("none of " + CHOICES + " ladders gets worse step by step on an image of "
                + pristine.width() + "×" + pristine.height()
                + " pixels; leave the image out, or name more kinds of distortion");
    }

    /**
     * The distortions of the first choice of {@link #states}. The first sequence is empty. The others have the same kinds with
     * rising strengths.
     */
    public List<DistortionSequence> sequences(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<DistortionKind> kinds = kinds(random);
        List<List<Step>> sequences = new ArrayList<>(Collections.nCopies(settings.steps() + 1, List.of()));
        for (DistortionKind kind : kinds) {
            double[] strengths = strengths(random);
            long kindSeed = random.nextLong();
            for (int i = 0; i < strengths.length; i++) {
                Step step = new Step(kind, strengths[i], kindSeed);
                sequences.set(
                        i + 1,
                        Stream.concat(sequences.get(i + 1).stream(), Stream.of(step))
                                .toList());
            }
        }
        return sequences.stream().map(DistortionSequence::new).toList();
    }

    private static boolean isOrdered(List<State> states) {
        long last = 0;
        for (State state : states.subList(1, states.size())) {
            long error = squaredError(states.get(0).image(), state.image());
            if (error <= last) {
                return false;
            }
            last = error;
        }
        return true;
    }

    private static long squaredError(RgbImage a, RgbImage b) {
        long sum = 0;
        for (int i = 0; i < a.samples().length; i++) {
            int difference = (a.samples()[i] & 0xFF) - (b.samples()[i] & 0xFF);
            sum += (long) difference * difference;
        }
        return sum;
    }

    /** One kind or two, in the order in which an image meets them. */
    private List<DistortionKind> kinds(SplittableRandom random) {
        DistortionKind kind = any(settings.kinds(), random);
        List<DistortionKind> others = settings.kinds().stream()
                .filter(other -> other.family() != kind.family())
                .toList();
        boolean two = random.nextDouble() < settings.twoKinds();
        return two ? Stream.of(kind, any(others, random)).sorted().toList() : List.of(kind);
    }

    private static DistortionKind any(List<DistortionKind> kinds, SplittableRandom random) {
        return kinds.get(random.nextInt(kinds.size()));
    }

    /** All sets of strengths that keep the gap are equally likely. */
    private double[] strengths(SplittableRandom random) {
        int steps = settings.steps();
        double room = settings.strongest() - settings.weakest() - (steps - 1) * settings.gap();
        double[] strengths = new double[steps];
        for (int i = 0; i < steps; i++) {
            strengths[i] = random.nextDouble() * room;
        }
        Arrays.sort(strengths);
        for (int i = 0; i < steps; i++) {
            strengths[i] = Math.min(settings.strongest(), settings.weakest() + strengths[i] + i * settings.gap());
        }
        return strengths;
    }
}
