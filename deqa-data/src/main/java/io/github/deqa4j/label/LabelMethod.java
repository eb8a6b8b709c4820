package io.github.deqa4j.label;

import java.util.Locale;

/** How a soft label follows from mean and std. */
public enum LabelMethod {
    /** The Gaussian's density at each level, adjusted linearly: the authors' way for KonIQ and KADID. */
    PDF(Density.PDF),

    /** The Gaussian's mass around each level, adjusted linearly: the authors' way for SPAQ. */
    CDF(Density.CDF),

    /** The distribution nearest to the Gaussian that has exactly its mean and std, where there is one. */
    MOMENT_MATCHED(Density.PDF);

    private final Density density;

    LabelMethod(Density density) {
        this.density = density;
    }

    /** The density that gives the values before any adjustment. */
    Density density() {
        return density;
    }

    /** The name as users write it: lower case, with hyphens. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
