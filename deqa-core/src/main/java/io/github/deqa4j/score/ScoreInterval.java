package io.github.deqa4j.score;

import io.github.deqa4j.InvalidInputException;

/**
 * Where the mean of many people's opinions lies, as far as the score can tell. This is the error of the score; {@link QualityScore#std} is
 * how far single people differ from each other.
 *
 * @param low the lower end, from 1 to 5
 * @param high the upper end, from {@code low} to 5
 * @param coverage the share of images like those the network was tested on whose mean opinion is in their interval, such as .8; above 0 and
 *     below 1
 */
public record ScoreInterval(double low, double high, double coverage) {
    /** @throws InvalidInputException if the ends are not in order or leave the range of scores, or there is no such share */
    public ScoreInterval {
        if (!(low >= QualityScore.LOWEST && low <= high && high <= QualityScore.HIGHEST)) {
            throw new InvalidInputException("the interval reaches from " + low + " to " + high
                    + "; its ends must be in order, and from " + QualityScore.LOWEST + " to " + QualityScore.HIGHEST);
        }
        if (!(coverage > 0 && coverage < 1)) {
            throw new InvalidInputException(
                    "the coverage of the interval is " + coverage + "; it must be above 0 and below 1");
        }
    }
}
