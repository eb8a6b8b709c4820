package io.github.deqa4j.cli;

import io.github.deqa4j.importer.CsvSettings;
import io.github.deqa4j.importer.DatasetImporter;
import io.github.deqa4j.importer.RatingScale;
import io.github.deqa4j.importer.TableColumns;
import io.github.deqa4j.importer.TableFormatException;
import io.github.deqa4j.importer.TableImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how one's own table of ratings is written. */
final class TableOptions {
    private static final String TAB = "tab";

    @Option(
            names = "--picture-column",
            paramLabel = "NAME",
            description = "csv, json: column of the image's path (image)")
    private @Nullable String image;

    @Option(names = "--mean-column", paramLabel = "NAME", description = "csv, json: column of the mean opinion (mos)")
    private @Nullable String mean;

    @Option(
            names = "--std-column",
            paramLabel = "NAME",
            description =
                    "csv, json: column of the standard deviation (std, if there is one); an image without a value has none")
    private @Nullable String std;

    @Option(
            names = "--rating-column",
            paramLabel = "NAME",
            description =
                    "csv, json: every row is one rating, which stands in this column; the std is the sample's (n - 1)")
    private @Nullable String rating;

    @Option(
            names = "--vote-columns",
            paramLabel = "NAMES",
            split = ",",
            description =
                    "csv, json: columns of the votes for the grades 1, 2, …, with commas between; the std is that of the same"
                            + " ratings in rows (n - 1), or the histogram's own (n) where the votes are shares")
    private List<String> votes = List.of();

    @Option(
            names = "--reference-column",
            paramLabel = "NAME",
            description = "csv, json: column of the image that this one was made from")
    private @Nullable String reference;

    @Option(
            names = "--split-column",
            paramLabel = "NAME",
            description = "csv, json: column that says train, test or validation")
    private @Nullable String part;

    @Option(
            names = "--lower-is-better",
            description = "csv, json: turn the opinions over, the least for the greatest (with --scale, its ends)")
    private boolean lowerIsBetter;

    @Option(
            names = "--scale",
            paramLabel = "LOW,HIGH",
            converter = ScaleEnds.class,
            description = "csv, json: ends of the rating scale, such as 1,5; a mean or rating outside is refused")
    private @Nullable RatingScale scale;

    @Option(names = "--separator", paramLabel = "MARK", description = "csv: what stands between values: , or ; or tab")
    private @Nullable String separator;

    @Option(names = "--decimal-comma", description = "csv: numbers are written as 3,4; needs --separator")
    private boolean decimalComma;

    DatasetImporter importer(TableImporter.Format format) {
        if (format == TableImporter.Format.JSON && (separator != null || decimalComma)) {
            throw CommandException.usage("--separator and --decimal-comma are for csv, not for json");
        }
        try {
            return new TableImporter(format, columns(), new CsvSettings(mark(), decimalComma));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    /** The options that read a table as it seems to be written. */
    static String options(TableFormatException e) {
        List<String> options = new ArrayList<>();
        e.separator()
                .ifPresent(mark -> options.add(
                        mark == ','
                                ? "leave out --separator"
                                : "--separator " + (mark == '\t' ? TAB : "'" + mark + "'")));
        if (e.decimalComma()) {
            options.add("--decimal-comma");
        }
        return String.join(", ", options);
    }

    /** Whether any of them was given. */
    boolean given() {
        return image != null
                || mean != null
                || std != null
                || rating != null
                || !votes.isEmpty()
                || reference != null
                || part != null
                || lowerIsBetter
                || scale != null
                || separator != null
                || decimalComma;
    }

    private TableColumns columns() {
        if (scale != null && !votes.isEmpty()) {
            throw CommandException.usage("votes are for the grades 1, 2, …, so leave out --scale");
        }
        return new TableColumns(
                orElse(image, "image"),
                opinions(),
                Optional.ofNullable(reference),
                Optional.ofNullable(part),
                lowerIsBetter,
                Optional.ofNullable(scale));
    }

    private TableColumns.RatingForm opinions() {
        int forms = (mean != null || std != null ? 1 : 0) + (rating != null ? 1 : 0) + (votes.isEmpty() ? 0 : 1);
        if (forms > 1) {
            throw CommandException.usage(
                    "give --mean-column and --std-column, or --rating-column, or --vote-columns: opinions have one form");
        }
        if (rating != null) {
            return new TableColumns.Ratings(rating);
        }
        return votes.isEmpty()
                ? new TableColumns.MeanAndStd(orElse(mean, "mos"), Optional.ofNullable(std))
                : new TableColumns.Histogram(votes);
    }

    private char mark() {
        if (separator == null) {
            return ',';
        }
        if (!separator.equals(TAB) && separator.length() != 1) {
            throw CommandException.usage(
                    "--separator is \"" + separator + "\"; it must be one character or the word tab");
        }
        return separator.equals(TAB) ? '\t' : separator.charAt(0);
    }

    /** The word of {@code --scale}. */
    static final class ScaleEnds implements ITypeConverter<RatingScale> {
        @Override
        public RatingScale convert(String word) {
            List<String> ends = List.of(word.split(",", -1));
            try {
                double low = Double.parseDouble(ends.get(0));
                double high = Double.parseDouble(ends.get(ends.size() - 1));
                if (ends.size() == 2 && low < high && Double.isFinite(high - low)) {
                    return new RatingScale(low, high);
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new TypeConversionException("\"" + word
                    + "\" is no scale; write its lower and its upper end with a comma between, such as 1,5");
        }
    }

    private static String orElse(@Nullable String given, String standard) {
        return given == null ? standard : given;
    }
}
