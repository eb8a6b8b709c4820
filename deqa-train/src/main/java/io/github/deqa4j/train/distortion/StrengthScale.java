package io.github.deqa4j.train.distortion;

/**
 * Maps the strength of a distortion to the unit of its kind: 0 at strength 0, linear up to {@code first} at strength {@value
 * #FIRST_STEP}, and from there to {@code last} at strength 1, in equal differences or in equal ratios (Weber's law).
 *
 * @param first the value that is just visible, above 0
 * @param last the severe value, above the first
 * @param ratios whether equal steps of strength have equal ratios
 */
record StrengthScale(double first, double last, boolean ratios) {
    private static final double FIRST_STEP = 0.2;

    static StrengthScale ofDifferences(double first, double last) {
        return new StrengthScale(first, last, false);
    }

    static StrengthScale ofRatios(double first, double last) {
        return new StrengthScale(first, last, true);
    }

    double at(double strength) {
        if (strength <= FIRST_STEP) {
            return first * strength / FIRST_STEP;
        }
        double way = (strength - FIRST_STEP) / (1 - FIRST_STEP);
        return ratios ? first * StrictMath.pow(last / first, way) : first + (last - first) * way;
    }
}
