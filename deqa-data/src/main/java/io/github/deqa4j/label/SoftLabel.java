package io.github.deqa4j.label;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.score.Level;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An image's label and how it came about.
 *
 * @param mean μ of the opinions, on the scale of levels
 * @param std σ of the opinions, on the scale of levels; the pseudo-std where there was none; absent without either
 * @param level the level word of the answer
 * @param raw values of the density before adjustment; absent where there is no density
 * @param adjustment the line through them, also where the fallback then took its place; absent where there is none
 * @param probabilities what the network is trained towards; its mass may differ from 1
 * @param kind which rule it came from
 */
public record SoftLabel(
        double mean,
        OptionalDouble std,
        Level level,
        Optional<LevelValues> raw,
        Optional<LinearAdjustment> adjustment,
        LevelValues probabilities,
        Kind kind) {
    /** Which rule a label came from. */
    public enum Kind {
        /** A density, adjusted linearly. */
        ADJUSTED,

        /** Two levels, because the std was too small or the adjusted label missed the mean. */
        FALLBACK,

        /** Mean and std are met exactly. */
        MATCHED,

        /** The mean is met. No distribution on the levels has this mean and so small a std; the label is the two levels around it. */
        STD_TOO_SMALL,

        /** The mean is met. No distribution on the levels has this mean and so large a std; the label is the levels 1 and 5. */
        STD_TOO_LARGE,

        /** Two levels, as asked for. */
        TWO_LEVEL,

        /** One level, as asked for. */
        ONE_HOT
    }
}
