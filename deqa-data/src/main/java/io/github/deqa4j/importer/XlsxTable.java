package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.ShortestDecimal;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/** A table in a workbook: below the first row, of the first sheet, that names the columns wanted. */
final class XlsxTable implements Table {
    private static final double LARGEST_EXACT = 1e15;

    private final Path file;
    private final String sheet;
    private final Header header;
    private final List<Line> lines;

    private XlsxTable(Path file, String sheet, Header header, List<Line> lines) {
        this.file = file;
        this.sheet = sheet;
        this.header = header;
        this.lines = lines;
    }

    /**
     * Reads the table with these columns.
     *
     * @throws InvalidDataException if the file is missing, no workbook, damaged, claims too much, or no sheet has the columns
     */
    static XlsxTable read(Path file, String... columns) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidDataException(file, "there is no such file");
        }
        XlsxGuard.check(file);
        for (Page page : pages(file)) {
            for (int i = 0; i < page.lines.size(); i++) {
                if (Set.copyOf(page.lines.get(i).names()).containsAll(List.of(columns))) {
                    return of(file, page, i);
                }
            }
        }
        throw new InvalidDataException(
                file, "no row of any sheet names the columns \"" + String.join("\", \"", columns) + "\"");
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
        for (Line line : lines) {
            Location place = new Location(file, "sheet " + Excerpt.quoted(sheet) + ", row " + line.number);
            row.accept(new Row(place, column -> header.cell(line.cells, column)));
        }
    }

    private static XlsxTable of(Path file, Page page, int headerLine) {
        Line first = page.lines.get(headerLine);
        Location place = new Location(file, "sheet " + Excerpt.quoted(page.name) + ", row " + first.number);
        List<Line> lines = page.lines.subList(headerLine + 1, page.lines.size()).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return new XlsxTable(file, page.name, new Header(place, first.cells), lines);
    }

    private static List<Page> pages(Path file) {
        try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(false, true))) {
            List<Page> pages = new ArrayList<>();
            for (Sheet sheet : workbook.getSheets().toList()) {
                try (Stream<org.dhatim.fastexcel.reader.Row> rows = sheet.openStream()) {
                    pages.add(
                            new Page(sheet.getName(), rows.map(XlsxTable::line).toList()));
                }
            }
            return pages;
        } catch (IOException | RuntimeException e) { // the library throws many kinds on damaged files
            throw new InvalidDataException(
                    file, "this is not a readable workbook (" + Excerpt.reason(e) + "); save it again as .xlsx");
        }
    }

    private static Line line(org.dhatim.fastexcel.reader.Row row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.getCellCount(); i++) {
            cells.add(text(row.getOptionalCell(i).orElse(null)));
        }
        return new Line(row.getRowNum(), cells);
    }

    private static String text(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return "";
        }
        if (cell.getType() == CellType.NUMBER || cell.getType() == CellType.FORMULA) {
            return number(String.valueOf(cell.getRawValue()));
        }
        return String.valueOf(cell.getType() == CellType.STRING ? cell.getText() : cell.getRawValue());
    }

    /** A number with the fewest digits; workbooks write 65.1 as 65.099999999999994 and 1600 as 1600.0. */
    private static String number(String raw) {
        double value;
        try {
            value = Double.parseDouble(raw);
        } catch (NumberFormatException e) {
            return raw;
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT;
        if (!Double.isFinite(value)) {
            return raw;
        }
        return whole ? Long.toString((long) value) : ShortestDecimal.of(value);
    }

    private record Page(String name, List<Line> lines) {}

    private record Line(int number, List<String> cells) {
        boolean isBlank() {
            return cells.stream().allMatch(String::isBlank);
        }

        List<String> names() {
            return cells.stream().map(String::strip).toList();
        }
    }
}
