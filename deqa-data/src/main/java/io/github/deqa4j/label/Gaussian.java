package io.github.deqa4j.label;

import io.github.deqa4j.DeqaException;

/**
 * Opinions on an image as a Gaussian on the scale of levels (DeQA-Score, section 3.2).
 *
 * @param mean μ, in [1, 5]
 * @param std σ, finite, at least 0
 */
public record Gaussian(double mean, double std) {
    /**
     * Numbers in range.
     *
     * @throws DeqaException if one is not
     */
    public Gaussian {
        if (!(mean >= 1 && mean <= 5)) {
            throw new DeqaException("the mean on the scale of levels is " + mean + "; it must lie in [1, 5]");
        }
        if (!(std >= 0 && std < Double.POSITIVE_INFINITY)) {
            throw new DeqaException(
                    "the std on the scale of levels is " + std + "; it must be finite and not negative");
        }
    }
}
