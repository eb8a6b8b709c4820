package io.github.deqa4j.importer;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a data set before it is read, to compare with.
 *
 * @param pictures rated pictures in the published set
 * @param references reference pictures that the rated ones were made from
 * @param scale the scale of the opinions, after flipping where lower was better
 * @param rated whether the set publishes standard deviations
 */
public record DatasetFacts(OptionalInt pictures, OptionalInt references, Optional<Scale> scale, boolean rated) {
    /** A set of which nothing is known. */
    public static DatasetFacts unknown() {
        return new DatasetFacts(OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), true);
    }

    /** A published set of pictures that have no references. */
    static DatasetFacts of(int pictures, double least, double greatest) {
        return new DatasetFacts(
                OptionalInt.of(pictures), OptionalInt.empty(), Optional.of(new Scale(least, greatest)), true);
    }

    DatasetFacts withReferences(int count) {
        return new DatasetFacts(pictures, OptionalInt.of(count), scale, rated);
    }

    DatasetFacts withoutStd() {
        return new DatasetFacts(pictures, references, scale, false);
    }
}
