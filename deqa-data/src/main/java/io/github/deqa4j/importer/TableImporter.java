package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.importer.ImportedDataset.PublishedFacts;
import io.github.deqa4j.importer.ImportedImage.Subset;
import io.github.deqa4j.importer.Table.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** One's own ratings: a table in CSV or JSON with columns that the user names. Reads a file, not a folder. */
public final class TableImporter implements DatasetImporter {
    private static final String USUAL_STD = "std";

    private final Format format;
    private final TableColumns columns;
    private final CsvSettings csv;

    /** How the table is written. */
    public enum Format {
        /** Separated values; the first line names the columns. */
        CSV,
        /** An array of flat objects, or an object of them whose keys name the images (as {@code mos.json}). */
        JSON
    }

    /** Reads a format with the columns that are named; {@code csv} matters to CSV alone. */
    public TableImporter(Format format, TableColumns columns, CsvSettings csv) {
        this.format = format;
        this.columns = columns;
        this.csv = csv;
    }

    @Override
    public String name() {
        return format.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String layout() {
        return format == Format.CSV
                ? "a table of your own, with columns of your choice: mean and std, or one row for each rating, or votes"
                : "an array of objects, or an object of objects as in mos.json; fields as for csv";
    }

    @Override
    public List<String> imageFolders() {
        return List.of();
    }

    @Override
    public ImportedDataset read(Path file) {
        Table table = format == Format.CSV ? CsvTable.read(file, csv) : JsonTable.read(file, columns.image());
        columns.reference().ifPresent(table::require);
        columns.part().ifPresent(table::require);
        table.require(columns.image());
        List<String> notes = new ArrayList<>();
        List<ImportedImage> images = images(table, notes);
        if (images.isEmpty()) {
            throw new InvalidDataException(file, "the table has no rows");
        }
        return new ImportedDataset(
                name(),
                PublishedFacts.rated(columns.scale().or(() -> scaleOfRatings(table))),
                columns.lowerIsBetter() ? flipped(images, notes) : images,
                notes);
    }

    /** The ends that single ratings tell: those of the grades that are voted for, or the least and the greatest rating. */
    private Optional<RatingScale> scaleOfRatings(Table table) {
        DoubleSummaryStatistics ends = new DoubleSummaryStatistics();
        if (columns.opinions() instanceof TableColumns.Histogram histogram) {
            ends.accept(1);
            ends.accept(histogram.grades().size());
        } else if (columns.opinions() instanceof TableColumns.Ratings ratings) {
            table.forEach(row -> ends.accept(row.number(ratings.rating())));
        }
        return ends.getMin() < ends.getMax()
                ? Optional.of(new RatingScale(ends.getMin(), ends.getMax()))
                : Optional.empty();
    }

    private List<ImportedImage> images(Table table, List<String> notes) {
        List<ImportedImage> images = new ArrayList<>();
        if (columns.opinions() instanceof TableColumns.MeanAndStd means) {
            table.require(means.mean());
            means.std().ifPresentOrElse(table::require, () -> table.refuseOtherCase(USUAL_STD));
            table.forEach(row -> images.add(image(row, mean(row, means))));
            means.std().ifPresent(column -> requireAnyStd(table, images, column));
        } else if (columns.opinions() instanceof TableColumns.Histogram histogram) {
            table.require(histogram.grades().toArray(String[]::new));
            images.addAll(voted(table, histogram, notes));
        } else if (columns.opinions() instanceof TableColumns.Ratings ratings) {
            table.require(ratings.rating());
            images.addAll(rated(table, ratings));
        }
        return images;
    }

    private Opinion mean(Row row, TableColumns.MeanAndStd means) {
        double mean = opinion(row, means.mean());
        return new Opinion(
                row.image(columns.image()),
                mean,
                row.optionalNotNegative(means.std().orElse(USUAL_STD)),
                row.text(means.mean()));
    }

    private static void requireAnyStd(Table table, List<ImportedImage> images, String column) {
        if (images.stream().allMatch(image -> image.opinion().std().isEmpty()) && !images.isEmpty()) {
            throw new InvalidDataException(
                    table.file(),
                    "no image has a value for " + Excerpt.quoted(column)
                            + "; name the column of the standard deviations, or none with that name if there are no such");
        }
    }

    /** A mean or a rating, on the scale where one is given. */
    private double opinion(Row row, String column) {
        double value = row.number(column);
        columns.scale().filter(scale -> !scale.holds(value)).ifPresent(scale -> {
            throw row.place()
                    .error(Excerpt.quoted(column) + " is " + row.text(column) + "; it must lie between " + scale.least()
                            + " and " + scale.greatest() + ", the ends of the given scale");
        });
        return value;
    }

    /** An image and its votes; its opinion has no std yet. */
    private record Voted(ImportedImage image, RatingHistogram votes) {}

    private List<ImportedImage> voted(Table table, TableColumns.Histogram histogram, List<String> notes) {
        List<Voted> rows = new ArrayList<>();
        table.forEach(row -> {
            RatingHistogram votes = RatingHistogram.check(
                    row.place(),
                    histogram.grades().stream().map(row::notNegative).toList());
            OptionalDouble none = OptionalDouble.empty();
            rows.add(new Voted(image(row, Opinion.of(row.image(columns.image()), votes.mean(), none)), votes));
        });
        boolean counts = rows.stream().allMatch(row -> row.votes().areCounts());
        if (!counts) {
            notes.add(
                    "the votes are shares, so the number of raters is not known and the standard deviations are divided by"
                            + " n; those of counts are divided by n - 1");
        }
        return rows.stream()
                .map(row -> row.image()
                        .withStd(
                                counts
                                        ? row.votes().sampleStd()
                                        : OptionalDouble.of(row.votes().std())))
                .toList();
    }

    private List<ImportedImage> rated(Table table, TableColumns.Ratings ratings) {
        Map<String, RatingAccumulator> tallies = new LinkedHashMap<>();
        table.forEach(row -> {
            OptionalDouble none = OptionalDouble.empty();
            Opinion rating = Opinion.of(row.image(columns.image()), opinion(row, ratings.rating()), none);
            ImportedImage image = image(row, rating);
            tallies.computeIfAbsent(rating.path(), name -> new RatingAccumulator(image))
                    .add(row, image);
        });
        return tallies.values().stream().map(RatingAccumulator::image).toList();
    }

    private ImportedImage image(Row row, Opinion opinion) {
        ImportedImage image = ImportedImage.of(opinion);
        if (columns.reference().isPresent()) {
            image = image.withReference(row.text(columns.reference().get()));
        }
        return columns.part().isPresent()
                ? image.withSubset(part(row, columns.part().get()))
                : image;
    }

    private static Subset part(Row row, String column) {
        String part = row.optional(column).orElse("").toLowerCase(Locale.ROOT);
        return switch (part) {
            case "train", "training" -> Subset.TRAIN;
            case "test" -> Subset.TEST;
            case "", "val", "validation" -> Subset.NEITHER;
            default ->
                throw row.place()
                        .error(Excerpt.quoted(column) + " is " + Excerpt.quoted(part)
                                + "; it must be train, test, validation or empty");
        };
    }

    private List<ImportedImage> flipped(List<ImportedImage> images, List<String> notes) {
        DoubleSummaryStatistics found =
                images.stream().mapToDouble(ImportedImage::mos).summaryStatistics();
        double least = columns.scale().map(RatingScale::least).orElse(found.getMin());
        double greatest = columns.scale().map(RatingScale::greatest).orElse(found.getMax());
        notes.add("lower was better: the opinions are turned over between " + least + " and " + greatest);
        return images.stream()
                .map(image -> new ImportedImage(
                        Opinion.of(
                                image.path(),
                                least + greatest - image.mos(),
                                image.opinion().std()),
                        image.reference(),
                        image.subset(),
                        image.degradation()))
                .toList();
    }
}
