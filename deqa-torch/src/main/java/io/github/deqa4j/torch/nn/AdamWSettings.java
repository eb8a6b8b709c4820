package io.github.deqa4j.torch.nn;

import io.github.deqa4j.DeqaException;

/**
 * The settings of {@link AdamW}.
 *
 * @param beta1 decay of the mean gradient, in [0, 1)
 * @param beta2 decay of the mean squared gradient, in [0, 1)
 * @param eps added to the divisor, above 0
 * @param weightDecay λ of weights with two or more dimensions, 0 or more; other weights have no decay
 * @param masterWeights whether weights of less than 32 bit have a float32 copy that the steps change, so that small steps count
 */
public record AdamWSettings(double beta1, double beta2, double eps, double weightDecay, boolean masterWeights) {
    /**
     * Checks the ranges.
     *
     * @throws DeqaException if a value is outside its range
     */
    public AdamWSettings {
        require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "in [0, 1)");
        require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "in [0, 1)");
        require(eps > 0 && Double.isFinite(eps), "eps", eps, "above 0");
        require(weightDecay >= 0 && Double.isFinite(weightDecay), "weight decay", weightDecay, "0 or more");
    }

    /** The released flags: 0.9, 0.999, 1e-8, no decay; with master weights. */
    public static AdamWSettings released() {
        return new AdamWSettings(0.9, 0.999, 1e-8, 0, true);
    }

    /** The same with another weight decay. */
    public AdamWSettings withWeightDecay(double newDecay) {
        return new AdamWSettings(beta1, beta2, eps, newDecay, masterWeights);
    }

    private static void require(boolean condition, String name, double value, String range) {
        if (!condition) {
            throw new DeqaException("AdamW's " + name + " is " + value + "; it must be " + range);
        }
    }
}
