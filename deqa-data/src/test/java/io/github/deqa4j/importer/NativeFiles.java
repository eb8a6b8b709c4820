package io.github.deqa4j.importer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;

/** Writes small files as data sets come in. */
final class NativeFiles {
    private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private NativeFiles() {}

    static Path write(Path file, String text) {
        return write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path mat(Path file, String variable, Array array) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            try (var sink = Sinks.newStreamingFile(file.toFile())) {
                Mat5.newMatFile().addArray(variable, array).writeTo(sink);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A column of texts, as MATLAB keeps names. */
    static Cell names(String... names) {
        Cell cell = Mat5.newCell(names.length, 1);
        for (int i = 0; i < names.length; i++) {
            cell.set(i, Mat5.newString(names[i]));
        }
        return cell;
    }

    /** A row of numbers. */
    static Matrix row(double... values) {
        Matrix matrix = Mat5.newMatrix(1, values.length);
        for (int i = 0; i < values.length; i++) {
            matrix.setDouble(i, values[i]);
        }
        return matrix;
    }

    /** A workbook; each sheet is its rows, a cell is a text, a number or null. */
    static Path xlsx(Path file, Map<String, List<List<Object>>> sheets) {
        Map<String, String> parts = new LinkedHashMap<>();
        StringBuilder types = new StringBuilder();
        StringBuilder list = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        int number = 0;
        for (Map.Entry<String, List<List<Object>>> sheet : sheets.entrySet()) {
            number++;
            String part = "worksheets/sheet" + number + ".xml";
            parts.put("xl/" + part, sheet(sheet.getValue()));
            types.append("<Override PartName='/xl/" + part
                    + "' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml'/>");
            list.append("<sheet name='" + sheet.getKey() + "' sheetId='" + number + "' r:id='rId" + number + "'/>");
            relations.append("<Relationship Id='rId" + number + "' Type='" + RELATIONSHIPS + "/worksheet' Target='"
                    + part + "'/>");
        }
        String package2006 = "http://schemas.openxmlformats.org/package/2006";
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns='" + package2006 + "/content-types'>"
                        + "<Default Extension='xml' ContentType='application/xml'/>"
                        + "<Override PartName='/xl/workbook.xml'"
                        + " ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/>"
                        + types + "</Types>");
        parts.put(
                "_rels/.rels",
                "<Relationships xmlns='" + package2006 + "/relationships'>" + "<Relationship Id='r' Type='"
                        + RELATIONSHIPS + "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns='" + MAIN + "' xmlns:r='" + RELATIONSHIPS + "'><sheets>" + list
                        + "</sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='" + package2006 + "/relationships'>" + relations + "</Relationships>");
        return zip(file, parts);
    }

    static Path zip(Path file, Map<String, String> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return write(file, bytes.toByteArray());
    }

    private static String sheet(List<List<Object>> rows) {
        StringBuilder xml = new StringBuilder("<worksheet xmlns='" + MAIN + "'><sheetData>");
        for (int i = 0; i < rows.size(); i++) {
            xml.append("<row r='" + (i + 1) + "'>");
            for (int j = 0; j < rows.get(i).size(); j++) {
                xml.append(cell("" + (char) ('A' + j) + (i + 1), rows.get(i).get(j)));
            }
            xml.append("</row>");
        }
        return xml + "</sheetData></worksheet>";
    }

    private static String cell(String address, Object value) {
        if (value.equals("")) {
            return "";
        }
        return value instanceof Number
                ? "<c r='" + address + "'><v>" + value + "</v></c>"
                : "<c r='" + address + "' t='inlineStr'><is><t>" + value + "</t></is></c>";
    }
}
