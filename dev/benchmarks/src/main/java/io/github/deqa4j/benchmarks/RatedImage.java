package io.github.deqa4j.benchmarks;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.dataset.Opinion;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * An image of KonIQ-10k with all that its raters said.
 *
 * @param opinion mean Σ i·cᵢ and the file's SD
 * @param histogram share of the raters for each grade
 */
record RatedImage(Opinion opinion, LevelValues histogram) {
    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    static List<RatedImage> readAll(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser rows = CSV.parse(reader)) {
            return rows.stream().map(RatedImage::of).toList();
        }
    }

    private static RatedImage of(CSVRecord row) {
        LevelValues shares = new LevelValues(
                number(row, "c5"), number(row, "c4"), number(row, "c3"), number(row, "c2"), number(row, "c1"));
        double std = number(row, "SD");
        return new RatedImage(Opinion.of(row.get("image_name"), shares.mean(), OptionalDouble.of(std)), shares);
    }

    private static double number(CSVRecord row, String column) {
        return Double.parseDouble(row.get(column));
    }
}
