package io.github.deqa4j.metric;

/**
 * How far the predicted distribution of ratings lies from the true one, both taken as Gaussians (DeQA-Score, section 4.3).
 *
 * <p>The small ε in the denominators is the released evaluation's; it keeps a true std of 0 finite, and here a predicted one,
 * whose logarithm the release leaves infinite.
 *
 * @param kl Kullback-Leibler divergence KL(truth ‖ prediction), in nats
 * @param js Jensen-Shannon divergence, with the Gaussian of mean (μt + μp) / 2 and variance (σt² + σp²) / 2 in the middle
 * @param wasserstein the 2-Wasserstein distance √((μt − μp)² + (σt − σp)²)
 */
public record DistributionGap(double kl, double js, double wasserstein) {
    private static final double EPSILON = 1e-8;

    /**
     * The gap of one image.
     *
     * @param predictedStd at least 0
     * @param truthStd at least 0
     */
    public static DistributionGap of(double predicted, double predictedStd, double truth, double truthStd) {
        double middle = (truth + predicted) / 2;
        double middleStd = Math.sqrt((truthStd * truthStd + predictedStd * predictedStd) / 2);
        return new DistributionGap(
                kl(truth, truthStd, predicted, predictedStd),
                kl(truth, truthStd, middle, middleStd) / 2 + kl(predicted, predictedStd, middle, middleStd) / 2,
                Math.hypot(truth - predicted, truthStd - predictedStd));
    }

    /** KL(a ‖ b) = ln(σb / σa) + (σa² + (μa − μb)²) / 2σb² − ½. */
    private static double kl(double a, double stdA, double b, double stdB) {
        return Math.log((stdB == 0 ? EPSILON : stdB) / (stdA + EPSILON))
                + (stdA * stdA + (a - b) * (a - b)) / (2 * stdB * stdB + EPSILON)
                - 0.5;
    }
}
