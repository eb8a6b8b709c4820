package io.github.deqa4j.train.distortion;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A pristine image and what becomes of it, from best to worst: a ranking that nobody needs to ask people for. A kind,
 * or two, and rising strengths are drawn at random; all of it follows from the seed and the settings. Immutable; any
 * number of threads may share one.
 */
public final class Ladder {
    private static final int DRAWS = 50;
    private static final long NEXT_DRAW = 0x9E3779B97F4A7C15L; // an odd constant, so that draws have different seeds

    private final LadderSettings settings;

    /**
     * What an image has become on a rung.
     *
     * @param rung what was done to it
     * @param image what it looks like
     */
    public record State(Rung rung, RgbImage image) {}

    public Ladder(LadderSettings settings) {
        this.settings = settings;
    }

    /**
     * The states of an image, from best to worst: the pristine one itself, then {@code steps} of its size, each farther
     * from it than the one before in mean squared error. Where a draw has no such order on this image (colors of a gray
     * one, stripes moved by their own period), the next draw is taken.
     *
     * @param seed decides kinds, strengths, noise, places and directions
     * @throws DeqaException if no draw of many has such an order, as for an image of one color that is only to be blurred
     */
    public List<State> states(RgbImage pristine, long seed) {
        for (int draw = 0; draw < DRAWS; draw++) {
            List<State> states = rungs(seed + draw * NEXT_DRAW).stream()
                    .map(rung -> new State(rung, rung.apply(pristine)))
                    .toList();
            if (isOrdered(states)) {
                return states;
            }
        }
        throw new DeqaException("none of " + DRAWS + " ladders gets worse step by step on an image of "
                + pristine.width() + "×" + pristine.height()
                + " pixels; leave the image out, or name more kinds of distortion");
    }

    /** What {@link #states} does at its first draw: the first rung has no doses; the others have the same kinds in rising strengths. */
    public List<Rung> rungs(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<DistortionKind> kinds = kinds(random);
        List<List<Dose>> doses = new ArrayList<>(Collections.nCopies(settings.steps() + 1, List.of()));
        for (DistortionKind kind : kinds) {
            double[] strengths = strengths(random);
            long kindSeed = random.nextLong();
            for (int step = 0; step < strengths.length; step++) {
                Dose dose = new Dose(kind, strengths[step], kindSeed);
                doses.set(
                        step + 1,
                        Stream.concat(doses.get(step + 1).stream(), Stream.of(dose))
                                .toList());
            }
        }
        return doses.stream().map(Rung::new).toList();
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
