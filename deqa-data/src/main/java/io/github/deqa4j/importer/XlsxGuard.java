package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a workbook before a library reads it: what its parts inflate to stays within limits, and no cell claims a
 * column that would make a row of millions.
 */
final class XlsxGuard {
    private static final long MAX_INFLATED = 128L << 20;
    private static final int MAX_PARTS = 1000;
    private static final int MAX_COLUMN_LETTERS = 3;

    private XlsxGuard() {}

    /**
     * Checks a workbook.
     *
     * @throws InvalidDataException if it is no zip file, is damaged, or goes beyond a limit
     */
    static void check(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MAX_PARTS) {
                throw new InvalidDataException(
                        file, "the workbook has " + zip.size() + " parts; at most " + MAX_PARTS + " are read");
            }
            requireSmall(file, zip);
            for (Enumeration<? extends ZipEntry> parts = zip.entries(); parts.hasMoreElements(); ) {
                requireNarrow(file, zip, parts.nextElement());
            }
        } catch (IOException e) {
            throw new InvalidDataException(
                    file, "this is not a readable workbook (" + Excerpt.reason(e) + "); save it again as .xlsx");
        }
    }

    private static void requireSmall(Path file, ZipFile zip) throws IOException {
        long total = 0;
        byte[] buffer = new byte[1 << 16];
        for (Enumeration<? extends ZipEntry> parts = zip.entries(); parts.hasMoreElements(); ) {
            try (InputStream in = zip.getInputStream(parts.nextElement())) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    total += read;
                    if (total > MAX_INFLATED) {
                        throw new InvalidDataException(
                                file,
                                "the workbook inflates to more than " + (MAX_INFLATED >> 20)
                                        + " MiB; tables of ratings are smaller");
                    }
                }
            }
        }
    }

    private static void requireNarrow(Path file, ZipFile zip, ZipEntry part) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = zip.getInputStream(part)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT
                        && xml.getLocalName().equals("c")) {
                    requireNarrow(file, xml.getAttributeValue(null, "r"));
                }
            }
        } catch (XMLStreamException e) {
            // a part that is no XML, such as an image; the library says so if it needs it
        }
    }

    private static void requireNarrow(Path file, @Nullable String cell) {
        if (cell != null && cell.chars().filter(Character::isLetter).count() > MAX_COLUMN_LETTERS) {
            throw new InvalidDataException(
                    file, "there is a cell " + Excerpt.quoted(cell) + "; columns of a workbook end at XFD");
        }
    }
}
