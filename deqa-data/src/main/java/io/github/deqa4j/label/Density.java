package io.github.deqa4j.label;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.score.Level;
import java.util.Optional;
import org.apache.commons.numbers.gamma.Erfc;

/** How the Gaussian of the opinions gives each level a first value, before any adjustment (DeQA-Score, equation 2). */
enum Density {
    /** pᵢ = N(vᵢ; μ, σ²). Suits KonIQ and KADID. */
    PDF {
        @Override
        double at(double value, Gaussian opinion) {
            double y = (value - opinion.mean()) / opinion.std();
            return StrictMath.exp(-y * y / 2) / SQRT_2_PI / opinion.std();
        }
    },

    /** pᵢ = Φ((vᵢ + ½ − μ)/σ) − Φ((vᵢ − ½ − μ)/σ), the mass of the level's cell. Suits SPAQ. */
    CDF {
        @Override
        double at(double value, Gaussian opinion) {
            return cumulative((value + HALF_CELL - opinion.mean()) / opinion.std())
                    - cumulative((value - HALF_CELL - opinion.mean()) / opinion.std());
        }
    };

    private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double HALF_CELL = 0.5;

    abstract double at(double value, Gaussian opinion);

    /** The values of all levels; absent where they are not finite, as for a std of 0. */
    Optional<LevelValues> levels(Gaussian opinion) {
        double[] values = Level.ALL.stream()
                .mapToDouble(level -> at(level.value(), opinion))
                .toArray();
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(LevelValues.of(values));
    }

    /** Φ. */
    private static double cumulative(double x) {
        double z = x * SQRT_HALF;
        return Erfc.value(-z) / 2;
    }
}
