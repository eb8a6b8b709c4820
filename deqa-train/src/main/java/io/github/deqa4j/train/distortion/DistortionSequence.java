package io.github.deqa4j.train.distortion;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import java.util.List;

/**
 * Distortions that are applied to an image one after the other.
 *
 * @param steps in the order in which they are applied; none for the pristine image itself
 */
public record DistortionSequence(List<Step> steps) {
    public DistortionSequence {
        steps = List.copyOf(steps);
    }

    /**
     * One distortion.
     *
     * @param kind its kind
     * @param strength above 0, up to 1
     * @param seed seed of noise, places and directions
     */
    public record Step(DistortionKind kind, double strength, long seed) {
        /** @throws DeqaException if the strength is not in its range */
        public Step {
            requireStrength(strength);
        }

        /** The distorted image, of the same size. */
        public RgbImage apply(RgbImage image) {
            return kind.apply(image, strength, seed);
        }

        static void requireStrength(double strength) {
            if (!(strength > 0 && strength <= 1)) {
                throw new DeqaException(
                        "the strength of a distortion is " + strength + "; it must be above 0 and at most 1");
            }
        }
    }

    /** The strength of all steps together: √Σ strength². It is 0 for the pristine image. */
    public double strength() {
        return Math.sqrt(steps.stream()
                .mapToDouble(step -> step.strength() * step.strength())
                .sum());
    }

    /** The distorted image, of the pristine one's size. */
    public RgbImage apply(RgbImage pristine) {
        RgbImage result = pristine;
        for (Step step : steps) {
            result = step.apply(result);
        }
        return result;
    }
}
