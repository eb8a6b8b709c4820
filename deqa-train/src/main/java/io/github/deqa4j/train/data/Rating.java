package io.github.deqa4j.train.data;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.torch.loss.RatingTensors;
import java.util.List;

/**
 * What people think of an image.
 *
 * @param label the soft label
 * @param mean mean opinion score, on the data set's own scale
 * @param std standard deviation of the opinions, on the same scale; 0 where the data set has none and the loss needs none
 */
public record Rating(LevelValues label, double mean, double std) {
    /** Those on a batch of images, as a loss takes them. */
    public static RatingTensors all(List<Rating> opinions) {
        return RatingTensors.of(
                opinions.stream().map(opinion -> opinion.label().toArray()).toArray(double[][]::new),
                opinions.stream().mapToDouble(Rating::mean).toArray(),
                opinions.stream().mapToDouble(Rating::std).toArray());
    }
}
