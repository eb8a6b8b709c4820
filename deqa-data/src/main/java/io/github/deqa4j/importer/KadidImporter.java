package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.importer.ImportedDataset.PublishedFacts;
import io.github.deqa4j.importer.Table.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * KADID-10k: 81 images, each with 25 distortions in 5 strengths. Despite its name the column {@code dmos} grows with
 * quality, and the column {@code var} is a variance, which can be 0: its root is the standard deviation.
 */
public final class KadidImporter implements DatasetImporter {
    private static final PublishedFacts FACTS = PublishedFacts.of(10_125, 1, 5).withReferences(81);

    @Override
    public String name() {
        return "kadid";
    }

    @Override
    public String layout() {
        return "dmos.csv: dist_img, ref_img, dmos (more is better), var (the variance)";
    }

    @Override
    public List<String> imageFolders() {
        return List.of("images", "distorted_images");
    }

    @Override
    public ImportedDataset read(Path directory) {
        Table table = CsvTable.read(LayoutFiles.require(directory, "dmos.csv"), CsvSettings.standard());
        table.require("dist_img", "ref_img", "dmos", "var");
        List<ImportedImage> images = new ArrayList<>();
        table.forEach(row -> images.add(image(row)));
        return new ImportedDataset(name(), FACTS, images, List.of());
    }

    private static ImportedImage image(Row row) {
        String image = row.image("dist_img");
        OptionalDouble std = OptionalDouble.of(Math.sqrt(row.notNegative("var")));
        return ImportedImage.of(new Opinion(image, row.number("dmos"), std, row.text("dmos")))
                .withReference(row.image("ref_img"))
                .withDegradation(ImageName.lastNumber(image));
    }
}
