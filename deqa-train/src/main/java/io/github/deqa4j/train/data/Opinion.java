package io.github.deqa4j.train.data;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.torch.loss.Opinions;
import java.util.List;

/**
 * What people think of a picture.
 *
 * @param label the soft label
 * @param mean mean opinion score, on the data set's own scale
 * @param std standard deviation of the opinions, on the same scale; 0 where the data set has none and the loss needs none
 */
public record Opinion(LevelValues label, double mean, double std) {
    /** Those on a batch of pictures, as a loss takes them. */
    public static Opinions all(List<Opinion> opinions) {
        return Opinions.of(
                opinions.stream().map(opinion -> opinion.label().toArray()).toArray(double[][]::new),
                opinions.stream().mapToDouble(Opinion::mean).toArray(),
                opinions.stream().mapToDouble(Opinion::std).toArray());
    }
}
