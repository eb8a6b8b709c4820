package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.deqa4j.dataset.InvalidDataException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XlsxTableTest {
    @TempDir
    Path folder;

    @Test
    void numbersHaveTheirFewestDigitsAndBlankRowsArePassedOver() {
        Path file = NativeFiles.xlsx(
                folder.resolve("a.xlsx"),
                Map.of(
                        "s",
                        List.of(
                                List.of("name", " x "),
                                List.of("a", new BigDecimal("65.099999999999994")),
                                List.of("", ""),
                                List.of("b", new BigDecimal("1.6E3")))));
        List<String> texts = new ArrayList<>();

        XlsxTable.read(file, "name", "x").forEach(row -> texts.add(row.place().where() + " " + row.text("x")));

        assertThat(texts).containsExactly("sheet \"s\", row 2 65.1", "sheet \"s\", row 4 1600");
    }

    @Test
    void aFloodOfZerosIsRefused() {
        Path file = NativeFiles.zip(folder.resolve("bomb.xlsx"), Map.of("xl/workbook.xml", " ".repeat(130 << 20)));

        expect(file, "the workbook inflates to more than 128 MiB; tables of ratings are smaller");
    }

    @Test
    void tooManyPartsAreRefused() {
        Map<String, String> parts = new LinkedHashMap<>();
        for (int i = 0; i < 1001; i++) {
            parts.put("part" + i, "");
        }

        expect(
                NativeFiles.zip(folder.resolve("many.xlsx"), parts),
                "the workbook has 1001 parts; at most 1000 are read");
    }

    @Test
    void aCellFarToTheRightIsRefused() {
        Path file = NativeFiles.zip(
                folder.resolve("wide.xlsx"), Map.of("sheet.xml", "<sheetData><row><c r='ZZZZZZ1'/></row></sheetData>"));

        expect(file, "there is a cell \"ZZZZZZ1\"; columns of a workbook end at XFD");
    }

    @Test
    void textThatIsNoWorkbookIsRefused() {
        Path file = NativeFiles.write(folder.resolve("text.xlsx"), "name,x\n");

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> XlsxTable.read(file, "x"))
                .withMessageStartingWith(file + ": this is not a readable workbook (");
    }

    @Test
    void entitiesAreNotExpanded() {
        Path file =
                NativeFiles.xlsx(folder.resolve("e.xlsx"), Map.of("s", List.of(List.of("x"), List.of("&amp;lol;"))));
        List<String> texts = new ArrayList<>();

        XlsxTable.read(file, "x").forEach(row -> texts.add(row.text("x")));

        assertThat(texts).containsExactly("&lol;");
    }

    private static void expect(Path file, String problem) {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> XlsxTable.read(file, "x"))
                .withMessage(file + ": " + problem);
    }
}
