package io.github.deqa4j.label;

import io.github.deqa4j.dataset.LevelValues;

/** All mass on two levels, so that their mean is the one given. */
final class TwoLevelLabel {
    private static final double RELEASED_BORDER = 1e-8;

    private TwoLevelLabel() {}

    /**
     * The authors' two levels around a mean: each cell reaches 1e-8 over its borders, so no mass is exactly 0 or 1.
     *
     * @param mean in [1, 5]
     */
    static LevelValues released(double mean) {
        int lower = (int) Math.max(1, Math.ceil(mean - 1 - RELEASED_BORDER)); // the first cell that holds the mean
        double width = 1 + 2 * RELEASED_BORDER;
        return between(
                lower,
                lower + 1,
                (lower + 1 + RELEASED_BORDER - mean) / width,
                (mean - lower + RELEASED_BORDER) / width);
    }

    /** The two levels around a mean, exactly: the least std that a distribution with this mean can have. */
    static LevelValues narrowest(double mean) {
        int lower = (int) Math.min(4, Math.floor(mean));
        return between(lower, lower + 1, lower + 1 - mean, mean - lower);
    }

    /** The lowest and the highest level: the greatest std that a distribution with this mean can have. */
    static LevelValues widest(double mean) {
        return between(1, 5, (5 - mean) / 4, (mean - 1) / 4);
    }

    private static LevelValues between(int low, int high, double lowMass, double highMass) {
        double[] p = new double[5];
        p[5 - low] = lowMass;
        p[5 - high] = highMass;
        return LevelValues.of(p);
    }
}
