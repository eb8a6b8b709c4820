package io.github.deqa4j.importer;

import java.util.List;

/**
 * A data set as its layout gives it.
 *
 * @param name name of the layout
 * @param facts what is known of the published set
 * @param images in the order of the files
 * @param notes what the importer did that a user should know, a sentence each
 */
public record ImportedDataset(String name, DatasetFacts facts, List<ImportedImage> images, List<String> notes) {
    /** Copies the lists. */
    public ImportedDataset {
        images = List.copyOf(images);
        notes = List.copyOf(notes);
    }

    /** Whether the layout says which images are for the test. */
    public boolean hasOfficialSplit() {
        return images.stream().anyMatch(image -> image.part() != Part.OPEN);
    }

    ImportedDataset withImages(List<ImportedImage> others) {
        return new ImportedDataset(name, facts, others, notes);
    }
}
