package io.github.deqa4j.metric;

import java.util.List;
import java.util.Locale;

/**
 * Warnings about figures that are computed after the fitted curve. The curve is fitted to the test set itself and may take
 * any form. A falling curve gives a reversed model the figures of a good one. A step gives different predictions the same
 * value.
 */
final class FitWarnings {
    private static final double SAME_RANKS = 0.01;

    private static final String FITTED =
            Metric.SRCC_FIT.label() + ", " + Metric.PLCC_FIT.label() + " and " + Metric.RMSE_FIT.label();

    private FitWarnings() {}

    /**
     * The warning about a fit: one sentence, or none.
     *
     * @param name what tables call the data set
     * @param falls whether the curve is lower at the greatest prediction than at the least
     * @param statistics of the whole data set
     */
    static List<String> of(String name, boolean falls, SufficientStatistics statistics) {
        double raw = Metric.SRCC.value(statistics);
        double fitted = Metric.SRCC_FIT.value(statistics);
        if (falls) {
            return List.of(sentence(name, "falls where the predictions rise"));
        }
        if (Math.abs(fitted - raw) <= SAME_RANKS) {
            return List.of();
        }
        String ranks = Double.isNaN(fitted) ? "undefined" : String.format(Locale.ROOT, "%.4f", fitted);
        return List.of(sentence(
                name,
                String.format(
                        Locale.ROOT,
                        "is so steep or flat, or turns, that it ranks the images otherwise than the predictions"
                                + " (SRCC %.4f, fitted %s)",
                        raw,
                        ranks)));
    }

    /** The warning where no curve can be fitted. */
    static String unfitted(String name, LogisticCurve curve, int images) {
        return name + ": the " + curve.parameters() + "-parameter logistic cannot be fitted to these " + images
                + " images, so " + FITTED + " are left out";
    }

    private static String sentence(String name, String fault) {
        return name + ": the fitted curve " + fault + ", so " + FITTED
                + " say nothing of this model; go by the raw ones";
    }
}
