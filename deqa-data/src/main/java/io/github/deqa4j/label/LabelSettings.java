package io.github.deqa4j.label;

import io.github.deqa4j.DeqaException;
import java.util.OptionalDouble;

/**
 * How labels are made.
 *
 * @param type what the network is trained towards
 * @param method how a soft label follows from mean and std
 * @param renormalize whether an adjusted label is divided by its mass, which clipping leaves above 1
 * @param fallbackStd an adjusted label gives way to a two-level one where σ is below this; at least 0, 0 for never
 * @param fallbackMean and where its mean is off by more than this, in levels; at least 0
 * @param pseudoStd σ, in levels, of opinions that have no std; absent to refuse them
 */
public record LabelSettings(
        LabelType type,
        LabelMethod method,
        boolean renormalize,
        double fallbackStd,
        double fallbackMean,
        OptionalDouble pseudoStd) {
    /**
     * Settings in range.
     *
     * @throws DeqaException if one is not
     */
    public LabelSettings {
        requireNotNegative("fallback std", fallbackStd);
        requireNotNegative("fallback mean", fallbackMean);
        if (pseudoStd.isPresent()) {
            double std = pseudoStd.getAsDouble();
            if (!(std > 0 && std <= 2)) {
                throw new DeqaException("the pseudo-std is " + std + " levels; it must lie in (0, 2]");
            }
        }
    }

    /** The authors' settings for KonIQ: soft labels, pdf, fallback at a std of 0.2 or a mean off by 0.1. */
    public static LabelSettings released() {
        return new LabelSettings(LabelType.SOFT, LabelMethod.PDF, false, 0.2, 0.1, OptionalDouble.empty());
    }

    public LabelSettings withType(LabelType newType) {
        return new LabelSettings(newType, method, renormalize, fallbackStd, fallbackMean, pseudoStd);
    }

    public LabelSettings withMethod(LabelMethod newMethod) {
        return new LabelSettings(type, newMethod, renormalize, fallbackStd, fallbackMean, pseudoStd);
    }

    public LabelSettings withRenormalize(boolean newRenormalize) {
        return new LabelSettings(type, method, newRenormalize, fallbackStd, fallbackMean, pseudoStd);
    }

    /** Thresholds of the fallback, in levels; 0 and infinity for none. */
    public LabelSettings withFallback(double newStd, double newMean) {
        return new LabelSettings(type, method, renormalize, newStd, newMean, pseudoStd);
    }

    public LabelSettings withPseudoStd(OptionalDouble newPseudoStd) {
        return new LabelSettings(type, method, renormalize, fallbackStd, fallbackMean, newPseudoStd);
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0)) {
            throw new DeqaException("the " + name + " is " + value + "; it must not be negative");
        }
    }
}
