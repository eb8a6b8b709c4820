package io.github.deqa4j.dataset;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Level;

/** A finite number for each level: logits, densities, or a label whose mass need not be one. */
public record LevelValues(double excellent, double good, double fair, double poor, double bad) {
    /**
     * Five finite numbers.
     *
     * @throws DeqaException if one is not finite
     */
    public LevelValues {
        for (double value : new double[] {excellent, good, fair, poor, bad}) {
            if (!Double.isFinite(value)) {
                throw new DeqaException("the value of a level is " + value + "; it must be finite");
            }
        }
    }

    /**
     * Takes the five from an array.
     *
     * @param values five finite numbers, excellent to bad
     */
    public static LevelValues of(double... values) {
        if (values.length != Level.ALL.size()) {
            throw new DeqaException("there are " + values.length + " values; one for each of " + Level.ALL.size()
                    + " levels is needed, excellent to bad");
        }
        return new LevelValues(values[0], values[1], values[2], values[3], values[4]);
    }

    /** The number of a level. */
    public double get(Level level) {
        return level.of(excellent, good, fair, poor, bad);
    }

    /** Σ pᵢ: 1 for a distribution. Summed from excellent to bad, as the authors' code does. */
    public double mass() {
        double mass = 0;
        for (double p : toArray()) {
            mass += p;
        }
        return mass;
    }

    /**
     * Σ pᵢ·vᵢ, with vᵢ = {@link Level#value()}, not divided by the mass. Each product and sum is rounded once, as in the
     * dot product of NumPy, so that labels agree with the authors' to the last bit.
     */
    public double mean() {
        double mean = 0;
        for (Level level : Level.ALL) {
            mean = Math.fma(get(level), level.value(), mean);
        }
        return mean;
    }

    /** √Σ pᵢ·(vᵢ − mean)², not divided by the mass. */
    public double std() {
        return Level.std(this::get, mean());
    }

    /** The five numbers, excellent to bad, in a new array. */
    public double[] toArray() {
        return new double[] {excellent, good, fair, poor, bad};
    }
}
