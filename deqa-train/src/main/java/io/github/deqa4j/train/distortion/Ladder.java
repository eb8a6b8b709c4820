package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A pristine picture and what becomes of it, from best to worst: a ranking that nobody needs to ask people for. A kind,
 * or two, and rising strengths are drawn at random; all of it follows from the seed and the settings. Immutable; any
 * number of threads may share one.
 */
public final class Ladder {
    private final LadderSettings settings;

    public Ladder(LadderSettings settings) {
        this.settings = settings;
    }

    /**
     * The pictures of a ladder, from best to worst: the pristine one itself, then {@code steps} of its size, each worse
     * than the one before.
     *
     * @param seed decides kinds, strengths, noise, places and directions
     */
    public List<RgbImage> pictures(RgbImage pristine, long seed) {
        return rungs(seed).stream().map(rung -> rung.apply(pristine)).toList();
    }

    /** What {@link #pictures} does: the first rung has no doses; the others have the same kinds in rising strengths. */
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

    /** One kind or two, in the order in which a picture meets them. */
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
