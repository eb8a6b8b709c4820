package io.github.deqa4j.label;

import io.github.deqa4j.dataset.LevelValues;

/**
 * The distribution on the levels that is closest to a Gaussian, in the sense of the least KL divergence from it, among those
 * that have exactly its mean and variance.
 *
 * <p>It is the discrete Gaussian pᵢ ∝ exp(a·tᵢ + b·tᵢ²), tᵢ = vᵢ − μ. It exists where the variance lies between that of the
 * two levels around μ and that of the levels 1 and 5; outside, the one of these two that is nearer is the answer, with the
 * mean kept.
 */
final class MomentMatching {
    /** The share of a variance by which a bound may be missed and still count as met; far below what is printed. */
    private static final double BOUND_TOLERANCE = 1e-12;

    private MomentMatching() {}

    /**
     * How a match came out.
     *
     * @param probabilities a distribution
     * @param kind {@link SoftLabel.Kind#MATCHED} if it has both moments, otherwise which way the std is not feasible
     */
    record Match(LevelValues probabilities, SoftLabel.Kind kind) {}

    /** Matches a Gaussian. */
    static Match match(Gaussian opinion) {
        double mean = opinion.mean();
        double variance = opinion.std() * opinion.std();
        double above = variance - (mean - Math.floor(mean)) * (Math.ceil(mean) - mean);
        double below = (mean - 1) * (5 - mean) - variance;
        double tolerance = BOUND_TOLERANCE * variance;
        if (above <= tolerance) {
            SoftLabel.Kind kind = above < -tolerance ? SoftLabel.Kind.STD_TOO_SMALL : SoftLabel.Kind.MATCHED;
            return new Match(TwoLevelLabel.narrowest(mean), kind);
        }
        if (below <= tolerance) {
            SoftLabel.Kind kind = below < -tolerance ? SoftLabel.Kind.STD_TOO_LARGE : SoftLabel.Kind.MATCHED;
            return new Match(TwoLevelLabel.widest(mean), kind);
        }
        return new Match(DiscreteGaussian.solve(opinion), SoftLabel.Kind.MATCHED);
    }
}
