package io.github.deqa4j.report;

import java.util.Locale;

/** Numbers as people read them. */
final class NumberText {
    private static final String NONE = "–";

    private static final double LARGE = 1e6;

    private NumberText() {}

    /** Four decimals; a power of ten from a million on; a dash where it is undefined. */
    static String text(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, isLarge(value) ? "%.4e" : "%.4f", value);
    }

    /** As {@link #text}, with the sign. */
    static String signed(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, isLarge(value) ? "%+.4e" : "%+.4f", value);
    }

    private static boolean isLarge(double value) {
        return Math.abs(value) >= LARGE;
    }

    /** A share as a percentage, without needless decimals. */
    static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.2f", 100 * share);
        return text.replaceAll("\\.?0+$", "") + " %";
    }

    /** The mark of an undefined figure. */
    static String none() {
        return NONE;
    }

    /** All digits, for programs; empty where it is undefined. */
    static String exact(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
