package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.Opinion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        /** An array of flat objects, or an object of them whose keys name the pictures (as {@code mos.json}). */
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
                ? "a table of your own; options name the columns: mean and std, or one row for each rating, or votes"
                : "an array of objects, or an object of objects as in mos.json; options name the fields, as for csv";
    }

    @Override
    public List<String> pictureFolders() {
        return List.of();
    }

    @Override
    public ImportedDataset read(Path file) {
        Table table = format == Format.CSV ? CsvTable.read(file, csv) : JsonTable.read(file, columns.picture());
        columns.reference().ifPresent(table::require);
        columns.part().ifPresent(table::require);
        table.require(columns.picture());
        List<ImportedPicture> pictures = pictures(table);
        if (pictures.isEmpty()) {
            throw new InvalidDataException(file, "the table has no rows");
        }
        return columns.lowerIsBetter() ? flipped(pictures) : dataset(pictures, List.of());
    }

    private List<ImportedPicture> pictures(Table table) {
        List<ImportedPicture> pictures = new ArrayList<>();
        if (columns.opinions() instanceof TableColumns.MeanAndStd means) {
            table.require(means.mean());
            means.std().ifPresent(table::require);
            table.forEach(row -> pictures.add(picture(row, mean(row, means))));
            means.std().ifPresent(column -> requireAnyStd(table, pictures, column));
        } else if (columns.opinions() instanceof TableColumns.Histogram histogram) {
            table.require(histogram.grades().toArray(String[]::new));
            table.forEach(row -> pictures.add(picture(row, votes(row, histogram))));
        } else if (columns.opinions() instanceof TableColumns.Ratings ratings) {
            table.require(ratings.rating());
            pictures.addAll(rated(table, ratings));
        }
        return pictures;
    }

    private Opinion mean(Row row, TableColumns.MeanAndStd means) {
        double mean = row.number(means.mean());
        return new Opinion(
                row.picture(columns.picture()),
                mean,
                row.optionalNotNegative(means.std().orElse(USUAL_STD)),
                row.text(means.mean()));
    }

    private static void requireAnyStd(Table table, List<ImportedPicture> pictures, String column) {
        if (pictures.stream().allMatch(picture -> picture.opinion().std().isEmpty()) && !pictures.isEmpty()) {
            throw new InvalidDataException(
                    table.file(),
                    "no picture has a value for " + Place.quote(column)
                            + "; name the column of the standard deviations, or none with that name if there are no such");
        }
    }

    private Opinion votes(Row row, TableColumns.Histogram histogram) {
        Votes votes = Votes.check(
                row.place(), histogram.grades().stream().map(row::notNegative).toList());
        return Opinion.of(row.picture(columns.picture()), votes.mean(), OptionalDouble.of(votes.std()));
    }

    private List<ImportedPicture> rated(Table table, TableColumns.Ratings ratings) {
        Map<String, RatingsTally> tallies = new LinkedHashMap<>();
        table.forEach(row -> {
            OptionalDouble none = OptionalDouble.empty();
            Opinion rating = Opinion.of(row.picture(columns.picture()), row.number(ratings.rating()), none);
            ImportedPicture picture = picture(row, rating);
            tallies.computeIfAbsent(rating.image(), image -> new RatingsTally(picture))
                    .add(row, picture);
        });
        return tallies.values().stream().map(RatingsTally::picture).toList();
    }

    private ImportedPicture picture(Row row, Opinion opinion) {
        ImportedPicture picture = ImportedPicture.of(opinion);
        if (columns.reference().isPresent()) {
            picture = picture.withReference(row.text(columns.reference().get()));
        }
        return columns.part().isPresent()
                ? picture.withPart(part(row, columns.part().get()))
                : picture;
    }

    private static Part part(Row row, String column) {
        String part = row.optional(column).orElse("").toLowerCase(Locale.ROOT);
        return switch (part) {
            case "train", "training" -> Part.TRAIN;
            case "test" -> Part.TEST;
            case "", "val", "validation" -> Part.NEITHER;
            default ->
                throw row.place()
                        .error(Place.quote(column) + " is " + Place.quote(part)
                                + "; it must be train, test, validation or empty");
        };
    }

    private ImportedDataset flipped(List<ImportedPicture> pictures) {
        double least = pictures.stream().mapToDouble(ImportedPicture::mos).min().orElseThrow();
        double greatest =
                pictures.stream().mapToDouble(ImportedPicture::mos).max().orElseThrow();
        List<ImportedPicture> flipped = pictures.stream()
                .map(picture -> new ImportedPicture(
                        Opinion.of(
                                picture.image(),
                                least + greatest - picture.mos(),
                                picture.opinion().std()),
                        picture.reference(),
                        picture.part(),
                        picture.damage()))
                .toList();
        return dataset(
                flipped,
                List.of("lower was better: the opinions are turned over between " + least + " and " + greatest));
    }

    private ImportedDataset dataset(List<ImportedPicture> pictures, List<String> notes) {
        return new ImportedDataset(name(), DatasetFacts.unknown(), pictures, notes);
    }
}
