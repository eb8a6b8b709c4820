package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.importer.ImportedDataset.PublishedFacts;
import io.github.deqa4j.importer.ImportedImage.Subset;
import io.github.deqa4j.importer.Table.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * KonIQ-10k: a histogram of five grades for each image, and an official split.
 *
 * <p>The column {@code MOS} runs from 0 to 100 (in another release of the file, from 1 to 5) and does not fit {@code SD},
 * which is on the grades 1 to 5. So the mean opinion is taken from the histogram, as the method's authors do, Σ i·c_i over
 * Σ c_i, and {@code MOS} only shows that the histogram is not reversed.
 */
public final class KonIqImporter implements DatasetImporter {
    private static final PublishedFacts FACTS = PublishedFacts.of(10_073, 1, 5);
    private static final String[] GRADES = {"c1", "c2", "c3", "c4", "c5"};
    private static final String SET = "set";

    @Override
    public String name() {
        return "koniq";
    }

    @Override
    public String layout() {
        return "koniq10k_distributions_sets.csv or koniq10k_scores_and_distributions.csv:"
                + " image_name, c1 to c5, MOS, SD and, in the first, set (training, validation, test)";
    }

    @Override
    public List<String> imageFolders() {
        return List.of("1024x768", "512x384");
    }

    @Override
    public ImportedDataset read(Path directory) {
        Path file = LayoutFiles.require(
                directory, "koniq10k_distributions_sets.csv", "koniq10k_scores_and_distributions.csv");
        Table table = CsvTable.read(file, CsvSettings.standard());
        table.require("image_name", "MOS", "SD");
        table.require(GRADES);
        List<ImportedImage> images = new ArrayList<>();
        table.forEach(row -> images.add(image(row)));
        return new ImportedDataset(name(), FACTS, images, List.of());
    }

    private static ImportedImage image(Row row) {
        List<Double> shares = new ArrayList<>();
        for (String grade : GRADES) {
            shares.add(row.notNegative(grade));
        }
        double mean = RatingHistogram.check(row.place(), shares).mean();
        OptionalDouble std = OptionalDouble.of(row.notNegative("SD"));
        return ImportedImage.of(Opinion.of(row.image("image_name"), mean, std))
                .withSubset(part(row))
                .withDegradation(OptionalDouble.of(-row.number("MOS")));
    }

    private static Subset part(Row row) {
        String set = row.optional(SET).orElse("").toLowerCase(Locale.ROOT);
        return switch (set) {
            case "" -> Subset.UNASSIGNED;
            case "training" -> Subset.TRAIN;
            case "test" -> Subset.TEST;
            case "validation" -> Subset.NEITHER;
            default ->
                throw row.place()
                        .error("\"set\" is " + Excerpt.quoted(set) + "; it must be training, validation or test");
        };
    }
}
