package io.github.deqa4j.importer;

import io.github.deqa4j.importer.ImportedImage.Subset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A data set as its layout gives it.
 *
 * @param name name of the layout
 * @param facts what is known of the published set
 * @param images in the order of the files
 * @param notes what the importer did that a user should know, a sentence each
 */
public record ImportedDataset(String name, PublishedFacts facts, List<ImportedImage> images, List<String> notes) {
    /** Copies the lists. */
    public ImportedDataset {
        images = List.copyOf(images);
        notes = List.copyOf(notes);
    }

    /** Whether the layout says which images are for the test. */
    public boolean hasOfficialSplit() {
        return images.stream().anyMatch(image -> image.subset() != Subset.UNASSIGNED);
    }

    ImportedDataset withImages(List<ImportedImage> others) {
        return new ImportedDataset(name, facts, others, notes);
    }

    /**
     * What is known of a data set before it is read, to compare with.
     *
     * @param images rated images in the published set
     * @param references reference images that the rated ones were made from
     * @param scale the scale of the opinions, after flipping where lower was better
     */
    public record PublishedFacts(OptionalInt images, OptionalInt references, Optional<RatingScale> scale) {
        /** A set of which no more than the scale is known, if that. */
        static PublishedFacts rated(Optional<RatingScale> scale) {
            return new PublishedFacts(OptionalInt.empty(), OptionalInt.empty(), scale);
        }

        /** A published set of images that have no references. */
        static PublishedFacts of(int images, double least, double greatest) {
            return new PublishedFacts(
                    OptionalInt.of(images), OptionalInt.empty(), Optional.of(new RatingScale(least, greatest)));
        }

        PublishedFacts withReferences(int count) {
            return new PublishedFacts(images, OptionalInt.of(count), scale);
        }
    }
}
