package io.github.deqa4j.train.data;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.torch.loss.RatingTensors;
import java.util.List;

/**
 * How people rated an image.
 *
 * @param label the soft label
 * @param mean mean opinion score, on the data set's own scale
 * @param std standard deviation of the opinions, on the same scale; 0 where the data set has none and the loss needs none
 */
public record Rating(LevelValues label, double mean, double std) {
    /** The ratings of a batch of images, as a loss takes them. */
    public static RatingTensors tensors(List<Rating> ratings) {
        return RatingTensors.of(
                ratings.stream().map(rating -> rating.label().toArray()).toArray(double[][]::new),
                ratings.stream().mapToDouble(Rating::mean).toArray(),
                ratings.stream().mapToDouble(Rating::std).toArray());
    }
}
