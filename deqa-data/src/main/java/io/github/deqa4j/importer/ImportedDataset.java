package io.github.deqa4j.importer;

import java.util.List;

/**
 * A data set as its layout gives it.
 *
 * @param name name of the layout
 * @param facts what is known of the published set
 * @param pictures in the order of the files
 * @param notes what the importer did that a user should know, a sentence each
 */
public record ImportedDataset(String name, DatasetFacts facts, List<ImportedPicture> pictures, List<String> notes) {
    /** Copies the lists. */
    public ImportedDataset {
        pictures = List.copyOf(pictures);
        notes = List.copyOf(notes);
    }

    /** Whether the layout says which pictures are for the test. */
    public boolean hasOfficialSplit() {
        return pictures.stream().anyMatch(picture -> picture.part() != Part.OPEN);
    }

    ImportedDataset withPictures(List<ImportedPicture> others) {
        return new ImportedDataset(name, facts, others, notes);
    }
}
