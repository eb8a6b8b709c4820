package io.github.deqa4j.importer;

import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** A table of separated values whose first line names the columns. */
final class CsvTable implements Table {
    private final Path file;
    private final CsvSettings settings;
    private final String text;
    private final Header header;

    private CsvTable(Path file, CsvSettings settings, String text) {
        this.file = file;
        this.settings = settings;
        this.text = text;
        Header[] first = new Header[1];
        parse((place, values) -> {
            first[0] = new Header(place, values);
            return false;
        });
        if (first[0] == null) {
            throw Location.line(file, 1).error("the file is empty; its first line must name the columns");
        }
        header = first[0];
    }

    static CsvTable read(Path file, CsvSettings settings) {
        return new CsvTable(file, settings, TextFile.read(file));
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public void require(String... columns) {
        header.require(columns);
    }

    @Override
    public void refuseOtherCase(String column) {
        header.refuseOtherCase(column);
    }

    @Override
    public void forEach(Consumer<Row> row) {
        int[] width = {-1};
        parse((place, values) -> {
            if (width[0] < 0) {
                width[0] = values.size();
            } else if (!values.stream().allMatch(String::isBlank)) {
                requireWidth(place, values, width[0]);
                row.accept(new Row(place, column -> cell(values, column)));
            }
            return true;
        });
    }

    private static void requireWidth(Location place, List<String> values, int width) {
        boolean fits = values.size() >= width
                && values.subList(width, values.size()).stream().allMatch(String::isBlank);
        if (!fits) {
            throw place.error("there are " + values.size() + " values for " + width
                    + " columns; look for a decimal comma, a name that needs quotes, or another separator");
        }
    }

    private @Nullable String cell(List<String> values, String column) {
        String value = header.cell(values, column);
        return settings.decimalComma() && value != null && Decimals.hasComma(value.strip())
                ? value.replace(',', '.')
                : value;
    }

    private void parse(RecordConsumer consumer) {
        CSVFormat format =
                CSVFormat.DEFAULT.builder().setDelimiter(settings.separator()).get();
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(format)
                .get()) {
            boolean more = true;
            for (Iterator<CSVRecord> records = parser.iterator(); more && hasNext(parser, records); ) {
                long line = parser.getCurrentLineNumber();
                List<String> values = next(parser, records).toList();
                more = consumer.accept(Location.line(file, Math.max(1, line)), values);
            }
        } catch (IOException e) {
            throw Location.line(file, 1).error("the file cannot be read: " + Excerpt.reason(e));
        }
    }

    private boolean hasNext(CSVParser parser, Iterator<CSVRecord> records) {
        try {
            return records.hasNext();
        } catch (UncheckedIOException | IllegalStateException e) {
            throw unquoted(parser);
        }
    }

    private CSVRecord next(CSVParser parser, Iterator<CSVRecord> records) {
        try {
            return records.next();
        } catch (UncheckedIOException | IllegalStateException e) {
            throw unquoted(parser);
        }
    }

    private RuntimeException unquoted(CSVParser parser) {
        return Location.line(file, Math.max(1, parser.getCurrentLineNumber()))
                .error("the quotes do not match; a value in quotes ends with a quote, and one within it is doubled");
    }

    /** Takes a record and says whether to go on. */
    private interface RecordConsumer {
        boolean accept(Location place, List<String> values);
    }
}
