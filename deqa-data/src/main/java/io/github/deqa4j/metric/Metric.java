package io.github.deqa4j.metric;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of an evaluation: a name and a formula over the sufficient statistics. */
public enum Metric {
    /** Spearman's rank correlation, equal values sharing the mean of their ranks. */
    SRCC("SRCC", Needs.NOTHING, s -> s.ranks().correlation()),

    /** Spearman's rank correlation of the fitted predictions, which the released evaluation prints as SRCC. */
    SRCC_FIT("SRCC (fit)", Needs.FIT, s -> s.fitted().ranks().correlation()),

    /** Pearson's linear correlation. */
    PLCC("PLCC", Needs.NOTHING, s -> SufficientStatistics.correlation(s.scores(), s.ranks())),

    /** Pearson's linear correlation after the fitted curve: the PLCC of the published tables. */
    PLCC_FIT(
            "PLCC (fit)",
            Needs.FIT,
            s -> SufficientStatistics.correlation(
                    s.fitted().scores(), s.fitted().ranks())),

    /** Kendall's rank correlation τ-b. */
    KRCC("KRCC", Needs.NOTHING, s -> s.pairs().tauB()),

    /** Root mean squared error on the scale from 1 to 5. */
    RMSE("RMSE", Needs.NOTHING, s -> Math.sqrt(s.squaredError() / s.n())),

    /** Root mean squared error after the fitted curve. */
    RMSE_FIT("RMSE (fit)", Needs.FIT, s -> Math.sqrt(s.fitted().squaredError() / s.n())),

    /** Mean Kullback-Leibler divergence from prediction to truth, in nats. */
    KL("KL", Needs.STD, s -> s.gap().kl() / s.n()),

    /** Mean Jensen-Shannon divergence, in nats. */
    JS("JS", Needs.STD, s -> s.gap().js() / s.n()),

    /** Mean 2-Wasserstein distance. */
    W("W", Needs.STD, s -> s.gap().wasserstein() / s.n());

    private enum Needs {
        NOTHING,
        FIT,
        STD
    }

    private final String label;
    private final Needs needs;

    @SuppressWarnings("ImmutableEnumChecker") // a formula keeps no state
    private final ToDoubleFunction<SufficientStatistics> formula;

    Metric(String label, Needs needs, ToDoubleFunction<SufficientStatistics> formula) {
        this.label = label;
        this.needs = needs;
        this.formula = formula;
    }

    /** The heading in tables. */
    public String label() {
        return label;
    }

    /** The name in files: lower case, with underscores. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a larger value is better. */
    public boolean largerIsBetter() {
        return switch (this) {
            case SRCC, SRCC_FIT, PLCC, PLCC_FIT, KRCC -> true;
            case RMSE, RMSE_FIT, KL, JS, W -> false;
        };
    }

    /** Its value; not a number where it is undefined. */
    public double value(SufficientStatistics statistics) {
        return formula.applyAsDouble(statistics);
    }

    /** Whether the metric is defined for a data set. */
    boolean applies(boolean fit, boolean std) {
        return switch (needs) {
            case NOTHING -> true;
            case FIT -> fit;
            case STD -> std;
        };
    }
}
