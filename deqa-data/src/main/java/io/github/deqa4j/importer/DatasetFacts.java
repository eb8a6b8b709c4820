package io.github.deqa4j.importer;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a data set before it is read, to compare with.
 *
 * @param pictures rated pictures in the published set
 * @param references reference pictures that the rated ones were made from
 * @param scale the scale of the opinions, after flipping where lower was better
 */
public record DatasetFacts(OptionalInt pictures, OptionalInt references, Optional<Scale> scale) {
    /** A set of which no more than the scale is known, if that. */
    static DatasetFacts rated(Optional<Scale> scale) {
        return new DatasetFacts(OptionalInt.empty(), OptionalInt.empty(), scale);
    }

    /** A published set of pictures that have no references. */
    static DatasetFacts of(int pictures, double least, double greatest) {
        return new DatasetFacts(OptionalInt.of(pictures), OptionalInt.empty(), Optional.of(new Scale(least, greatest)));
    }

    DatasetFacts withReferences(int count) {
        return new DatasetFacts(pictures, OptionalInt.of(count), scale);
    }
}
