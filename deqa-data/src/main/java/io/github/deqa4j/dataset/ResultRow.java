package io.github.deqa4j.dataset;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The result of a network for one image.
 *
 * @param id the id of the image's row in the test file
 * @param image path of the image below the image root
 * @param gtScore the mean opinion score, on the data set's own scale; absent where there is none
 * @param logits the logits of the five level words
 * @param probabilities the softmax of those words over the FULL vocabulary; their mass is below 1
 * @param model the identity of what gave the logits; absent in files that others wrote
 */
public record ResultRow(
        String id,
        String image,
        OptionalDouble gtScore,
        LevelValues logits,
        Optional<LevelValues> probabilities,
        Optional<String> model) {
    /**
     * The result of an image of a test file, without probabilities.
     *
     * @param logits of the five level words, excellent first
     * @param model the identity of what gave them
     */
    public static ResultRow of(MetaRow row, double[] logits, String model) {
        OptionalDouble score =
                row.truth().map(truth -> OptionalDouble.of(truth.score())).orElse(OptionalDouble.empty());
        return new ResultRow(
                row.id(), row.image(), score, LevelValues.of(logits), Optional.empty(), Optional.of(model));
    }
}
