package io.github.deqa4j.benchmarks;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares how image files are read with how Pillow reads them: {@code FormatComparison FOLDER [exif]}; with {@code exif}
 * they are turned as their EXIF orientation says, on both sides.
 *
 * <p>Beside each file {@code X} lies {@code X.expected.png}, Pillow's pixels, or {@code X.refused}, Pillow's message;
 * {@code peer/picture_formats.py} writes such a folder. Every file that is not read alike is printed, then a table with a
 * row for each file extension.
 */
public final class FormatComparison {
    private static final String EXPECTED = ".expected.png";
    private static final String REFUSED = ".refused";
    private static final int GREATEST_DIFFERENCE = 2;
    private static final double MEAN_DIFFERENCE = 0.5;

    private static final ImageReader EXPECTATIONS = new ImageReader(ReaderSettings.standard());

    private final ImageReader reader;

    private FormatComparison(boolean exif) {
        reader = new ImageReader(ReaderSettings.standard().withApplyExifOrientation(exif));
    }

    /** What came out for a file. */
    private enum Outcome {
        SAME("same pixels"),
        NEAR("within 2, mean 0.5"),
        BOTH_REFUSE("both refuse"),
        ONLY_PILLOW_READS("only Pillow reads"),
        ONLY_DEQA_READS("only deqa4j reads"),
        DIFFERENT("different pixels");

        private final String title;

        Outcome(String title) {
            this.title = title;
        }

        boolean isAlike() {
            return this == SAME || this == NEAR || this == BOTH_REFUSE;
        }
    }

    /** An outcome and the reason for it. */
    private record Finding(Outcome outcome, String detail) {}

    public static void main(String[] args) throws IOException {
        FormatComparison comparison = new FormatComparison(args.length > 1 && args[1].equals("exif"));
        Map<String, Map<Outcome, Integer>> counts = new TreeMap<>();
        for (Path file : inputs(Path.of(args[0]))) {
            Finding finding = comparison.compare(file);
            if (!finding.outcome().isAlike()) {
                System.out.println(finding.outcome().title + ": " + file.getFileName() + ": " + finding.detail());
            }
            counts.computeIfAbsent(extension(file), e -> new EnumMap<>(Outcome.class))
                    .merge(finding.outcome(), 1, Integer::sum);
        }
        printTable(counts);
    }

    private static List<Path> inputs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.exists(beside(file, EXPECTED)) || Files.exists(beside(file, REFUSED)))
                    .sorted()
                    .toList();
        }
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private Finding compare(Path file) throws IOException {
        Optional<RgbImage> expected = Files.exists(beside(file, EXPECTED))
                ? Optional.of(EXPECTATIONS.read(beside(file, EXPECTED)))
                : Optional.empty();
        RgbImage actual;
        try {
            actual = reader.read(file);
        } catch (DeqaException e) {
            return new Finding(expected.isPresent() ? Outcome.ONLY_PILLOW_READS : Outcome.BOTH_REFUSE, e.getMessage());
        }
        return expected.isPresent()
                ? compare(actual, expected.get())
                : new Finding(
                        Outcome.ONLY_DEQA_READS,
                        Files.readString(beside(file, REFUSED)).strip());
    }

    private static Finding compare(RgbImage actual, RgbImage expected) {
        String sizes = actual.width() + "×" + actual.height() + " and " + expected.width() + "×" + expected.height();
        if (actual.width() != expected.width() || actual.height() != expected.height()) {
            return new Finding(Outcome.DIFFERENT, sizes);
        }
        int greatest = 0;
        long sum = 0;
        for (int i = 0; i < actual.samples().length; i++) {
            int difference = Math.abs((actual.samples()[i] & 0xFF) - (expected.samples()[i] & 0xFF));
            greatest = Math.max(greatest, difference);
            sum += difference;
        }
        double mean = (double) sum / actual.samples().length;
        String detail = String.format("greatest difference %d, mean %.3f", greatest, mean);
        if (greatest == 0) {
            return new Finding(Outcome.SAME, detail);
        }
        boolean near = greatest <= GREATEST_DIFFERENCE && mean <= MEAN_DIFFERENCE;
        return new Finding(near ? Outcome.NEAR : Outcome.DIFFERENT, detail);
    }

    private static void printTable(Map<String, Map<Outcome, Integer>> counts) {
        StringBuilder table = new StringBuilder("| format | files |");
        for (Outcome outcome : Outcome.values()) {
            table.append(' ').append(outcome.title).append(" |");
        }
        table.append("\n|---|---:|").append("---:|".repeat(Outcome.values().length));
        counts.forEach((format, row) -> {
            int files = row.values().stream().mapToInt(Integer::intValue).sum();
            table.append("\n| ").append(format).append(" | ").append(files).append(" |");
            for (Outcome outcome : Outcome.values()) {
                table.append(' ').append(row.getOrDefault(outcome, 0)).append(" |");
            }
        });
        System.out.println(table);
    }
}
