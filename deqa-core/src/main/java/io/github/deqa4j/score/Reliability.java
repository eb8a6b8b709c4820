package io.github.deqa4j.score;

import io.github.deqa4j.InvalidInputException;

/**
 * How far a score can be relied on.
 *
 * @param interval where the mean of many people's opinions lies; wider for an image that is unlike what the network learned from
 * @param unfamiliarity how unlike the images that the network learned from an image is, 0 or above; 1 is the limit. The number compares images,
 *     it is no probability
 */
public record Reliability(ScoreInterval interval, double unfamiliarity) {
    /** @throws InvalidInputException if the unfamiliarity is below 0 or not finite */
    public Reliability {
        if (!(unfamiliarity >= 0 && Double.isFinite(unfamiliarity))) {
            throw new InvalidInputException(
                    "the unfamiliarity is " + unfamiliarity + "; it must be finite and not below 0");
        }
    }

    /**
     * Whether the image is unlike those that the network learned from, such as a drawing, a screenshot or an icon: its unfamiliarity is above
     * the limit. Its score is then a guess.
     */
    public boolean unfamiliar() {
        return unfamiliarity > 1;
    }
}
