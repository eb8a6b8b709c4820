package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.importer.ImportedDataset.PublishedFacts;
import io.github.deqa4j.importer.Table.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * SPAQ: photographs of smartphones, rated from 0 to 100. The published workbook has no standard deviations; they come in a
 * file of their own, without which the opinions have none.
 */
public final class SpaqImporter implements DatasetImporter {
    private static final PublishedFacts FACTS = PublishedFacts.of(11_125, 0, 100);
    private static final String WORKBOOK = "MOS and Image attribute scores.xlsx";
    private static final String SPREADS = "SPAQ_mos_std.txt";
    private static final String IMAGE = "Image name";
    private static final String MOS = "MOS";

    @Override
    public String name() {
        return "spaq";
    }

    @Override
    public String layout() {
        return "Annotations/" + WORKBOOK + ": " + IMAGE + ", " + MOS + "; " + SPREADS + ": name, mos and std in a line";
    }

    @Override
    public List<String> imageFolders() {
        return List.of("TestImage");
    }

    @Override
    public ImportedDataset read(Path directory) {
        Path workbook = LayoutFiles.require(directory, "Annotations/" + WORKBOOK, WORKBOOK);
        Map<String, Double> spreads = LayoutFiles.find(directory, SPREADS, "Annotations/" + SPREADS)
                .map(SpaqImporter::spreads)
                .orElse(Map.of());
        Table table = XlsxTable.read(workbook, IMAGE, MOS);
        List<ImportedImage> images = new ArrayList<>();
        table.forEach(row -> images.add(image(row, spreads)));
        List<String> notes =
                spreads.isEmpty() ? List.of("there is no " + SPREADS + ", so no image has a std") : List.of();
        return new ImportedDataset(name(), FACTS, images, notes);
    }

    private static ImportedImage image(Row row, Map<String, Double> spreads) {
        String image = row.image(IMAGE);
        Double spread = spreads.get(image);
        OptionalDouble std = spread == null ? OptionalDouble.empty() : OptionalDouble.of(spread);
        return ImportedImage.of(Opinion.of(image, row.number(MOS), std));
    }

    private static Map<String, Double> spreads(Path file) {
        Map<String, Double> spreads = new HashMap<>();
        for (Lines.Line line : Lines.read(file, Lines.BLANKS, 3, "a name, a mean and a standard deviation")) {
            String image = line.image(0);
            line.number(1, "mos");
            if (spreads.put(image, line.notNegative(2, "std")) != null) {
                throw line.place().error("the image " + Excerpt.quoted(image) + " stands here a second time");
            }
        }
        return spreads;
    }
}
