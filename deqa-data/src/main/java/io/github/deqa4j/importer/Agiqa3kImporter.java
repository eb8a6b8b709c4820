package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.importer.ImportedDataset.PublishedFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** AGIQA-3K: generated images, rated from 0 to 5 for quality and, which is not read, for how they fit their prompt. */
public final class Agiqa3kImporter implements DatasetImporter {
    private static final PublishedFacts FACTS = PublishedFacts.of(2982, 0, 5);

    @Override
    public String name() {
        return "agiqa3k";
    }

    @Override
    public String layout() {
        return "data.csv: name, mos_quality, std_quality";
    }

    @Override
    public List<String> imageFolders() {
        return List.of("AGIQA-3K", "images");
    }

    @Override
    public ImportedDataset read(Path directory) {
        Table table = CsvTable.read(LayoutFiles.require(directory, "data.csv"), CsvSettings.standard());
        table.require("name", "mos_quality", "std_quality");
        List<ImportedImage> images = new ArrayList<>();
        table.forEach(row -> images.add(ImportedImage.of(new Opinion(
                row.image("name"),
                row.number("mos_quality"),
                row.optionalNotNegative("std_quality"),
                row.text("mos_quality")))));
        return new ImportedDataset(name(), FACTS, images, List.of());
    }
}
