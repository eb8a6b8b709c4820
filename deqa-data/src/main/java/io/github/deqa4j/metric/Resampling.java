package io.github.deqa4j.metric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws with replacement for the bootstrap: images, or references with all their images. Images of one reference are
 * correlated, so intervals from images drawn one by one are too narrow (Davison and Hinkley 1997, section 3.8).
 */
final class Resampling {
    private final int[] unit;
    private final int units;

    private Resampling(int[] unit, int units) {
        this.unit = unit;
        this.units = units;
    }

    /** Draws that suit a data set: by reference where its references are known. */
    static Resampling of(EvaluationSet set) {
        int[] unit = new int[set.size()];
        if (set.references().isEmpty()) {
            Arrays.setAll(unit, i -> i);
            return new Resampling(unit, unit.length);
        }
        List<String> references = set.references();
        Map<String, Integer> numbers = new HashMap<>();
        Arrays.setAll(unit, i -> numbers.computeIfAbsent(references.get(i), name -> numbers.size()));
        return new Resampling(unit, numbers.size());
    }

    /** How many can be drawn. */
    int units() {
        return units;
    }

    /** Draws as many as there are and counts how often each image comes with them. */
    void draw(long seed, int[] counts) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] drawn = new int[units];
        for (int i = 0; i < units; i++) {
            drawn[random.nextInt(units)]++;
        }
        Arrays.setAll(counts, i -> drawn[unit[i]]);
    }
}
