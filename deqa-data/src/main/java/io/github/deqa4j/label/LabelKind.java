package io.github.deqa4j.label;

/** Which rule a label came from. */
public enum LabelKind {
    /** A density, adjusted linearly. */
    ADJUSTED,

    /** Two levels, because the std was too small or the adjusted label missed the mean. */
    FALLBACK,

    /** Mean and std are met exactly. */
    MATCHED,

    /** Mean met; no distribution on the levels has so small a std with it, so it is the two levels around the mean. */
    STD_TOO_SMALL,

    /** Mean met; no distribution on the levels has so large a std with it, so it is the levels 1 and 5. */
    STD_TOO_LARGE,

    /** Two levels, as was asked for. */
    TWO_LEVEL,

    /** One level, as was asked for. */
    ONE_HOT
}
