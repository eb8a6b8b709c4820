package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpaqImporterTest extends DatasetImporterContract {
    @Override
    DatasetImporter importer() {
        return new SpaqImporter();
    }

    @Override
    void writeDataset() {
        NativeFiles.xlsx(
                workbook(),
                Map.of(
                        "Sheet1",
                        List.of(
                                List.of("Image name", "MOS", "Brightness"),
                                List.of("00001.jpg", new java.math.BigDecimal("65.099999999999994"), 50),
                                List.of("00002.jpg", 2, 60),
                                List.of("00003.jpg", 96.0, 20),
                                List.of("00004.jpg", 33.25, 20))));
        NativeFiles.write(spreads(), "00001.jpg 65.1 12.5\n00002.jpg 2 0\n00003.jpg 96 4.25\n00004.jpg 33.25 9\n");
    }

    @Override
    List<Path> files() {
        return List.of(workbook());
    }

    private Path workbook() {
        return folder.resolve("Annotations").resolve("MOS and Image attribute scores.xlsx");
    }

    private Path spreads() {
        return folder.resolve("SPAQ_mos_std.txt");
    }

    @Test
    void meansAreTheWorkbooksAndSpreadsTheTexts() throws IOException {
        assertThat(image("00001.jpg").opinion().mosText()).isEqualTo("65.1");
        assertThat(image("00001.jpg").opinion().std()).hasValue(12.5);
        assertThat(image("00002.jpg").mos()).isEqualTo(2);
    }

    @Test
    void aSpreadOfZeroIsAWarning() {
        writeDataset();

        assertThat(DatasetImport.run(importer(), folder, ImportSettings.standard())
                        .report()
                        .text())
                .contains("warning: 1 standard deviations are 0: \"00002.jpg\"\n")
                .contains("warning: there are 4 images; the published set has 11,125\n");
    }

    @Test
    void withoutTheTextThereAreNoSpreads() throws IOException {
        writeDataset();
        Files.delete(spreads());

        ImportedDataset dataset = importer().read(folder);

        assertThat(dataset.images())
                .allSatisfy(image -> assertThat(image.opinion().std()).isEmpty());
        assertThat(dataset.notes()).containsExactly("there is no SPAQ_mos_std.txt, so no image has a std");
    }

    @Test
    void aSpreadThatIsMissingIsAWarning() {
        writeDataset();
        NativeFiles.write(spreads(), "00001.jpg 65.1 12.5\n");

        assertThat(DatasetImport.run(importer(), folder, ImportSettings.standard())
                        .report()
                        .text())
                .contains(
                        "warning: 3 images have no standard deviation: \"00002.jpg\", \"00003.jpg\", \"00004.jpg\"\n");
    }

    @Test
    void wrongSpreadsAreOneSentence() throws IOException {
        expectProblem(spreads(), "12.5", "-12.5", "line 1: \"std\" is -12.5; it cannot be negative");
        expectProblem(
                spreads(),
                "12.5",
                "12,5",
                "line 1: \"std\" holds 12,5, a decimal comma; use a decimal point, or read it as a table of your own with decimal commas");
        expectProblem(spreads(), "00002", "00001", "line 2: the image \"00001.jpg\" stands here a second time");
        expectProblem(
                spreads(),
                " 12.5",
                "",
                "line 1: there are 2 values; a line must hold a name, a mean and a standard deviation");
    }
}
