package io.github.deqa4j.importer;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a data set before it is read, to compare with.
 *
 * @param images rated images in the published set
 * @param references reference images that the rated ones were made from
 * @param scale the scale of the opinions, after flipping where lower was better
 */
public record DatasetFacts(OptionalInt images, OptionalInt references, Optional<RatingScale> scale) {
    /** A set of which no more than the scale is known, if that. */
    static DatasetFacts rated(Optional<RatingScale> scale) {
        return new DatasetFacts(OptionalInt.empty(), OptionalInt.empty(), scale);
    }

    /** A published set of images that have no references. */
    static DatasetFacts of(int images, double least, double greatest) {
        return new DatasetFacts(
                OptionalInt.of(images), OptionalInt.empty(), Optional.of(new RatingScale(least, greatest)));
    }

    DatasetFacts withReferences(int count) {
        return new DatasetFacts(images, OptionalInt.of(count), scale);
    }
}
