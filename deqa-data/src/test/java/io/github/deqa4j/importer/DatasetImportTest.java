package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetImportTest {
    private static final Path IMAGES = Golden.mini().resolve("images");

    @TempDir
    Path folder;

    private DatasetImport run(String table, ImportSettings settings) {
        Path file = NativeFiles.write(folder.resolve("table.csv"), table);
        return DatasetImport.run(
                new TableImporter(TableImporter.Format.CSV, TableColumns.standard(), CsvSettings.standard()),
                file,
                settings);
    }

    @Test
    void theReportSaysWhatWasRead() {
        assertThat(run("image,mos,std\na.png,1,0.5\nb.png,4.5,0.25\n", ImportSettings.standard())
                        .report()
                        .text())
                .isEqualTo("""
                csv: 2 images, mos 1.000 to 4.500, std 0.2500 to 0.5000
                split (drawn with the ratio 0.8 and the seed 131): 1 for training, 1 for the test, 0 in neither
                note: the images were not looked for; give their folder
                """);
    }

    @Test
    void referencesOfAnotherDataSetAreNotLeftBesideThisOne() throws IOException {
        DatasetImport done = run("image,mos\na.png,3\nb.png,4\n", ImportSettings.standard());
        done.write(folder.resolve("new"));
        assertThat(folder.resolve("new/references.json")).doesNotExist();
        Path other = Files.writeString(folder.resolve("references.json"), "{}");

        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(() -> done.write(folder))
                .withMessage(
                        other + ": this file is of another data set, because this one has no references; delete it or"
                                + " choose another folder to write to");
        assertThat(folder.resolve("mos.json")).doesNotExist();
    }

    @Test
    void errorsComeFirstAndNothingIsWritten() throws IOException {
        DatasetImport done = run("image,mos\na/x.png,3\nb/x.png,3\n", ImportSettings.standard());

        assertThat(done.report().text())
                .containsSubsequence(
                        "error: 1 names stand for more than one image, and a split goes by names without folders: \"x.png\"\n",
                        "error: all images have one mean; a scale needs at least two\n",
                        "warning: no image has a standard deviation; labels will need a pseudo-std or two levels\n",
                        "note: ");
        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(() -> done.write(folder))
                .withMessage(folder.resolve("table.csv")
                        + ": the data set csv has errors, so nothing is written; the report names them");
        assertThat(folder.resolve("mos.json")).doesNotExist();
    }

    @Test
    void aTableOfOneImageIsNamed() {
        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(() -> run("image,mos,std\na.png,1,0.5\n", ImportSettings.standard()))
                .withMessage(folder.resolve("table.csv")
                        + ": a split needs at least two images (or references), and there are 1");
    }

    @Test
    void meansFarFromTheRestAreAWarning() {
        StringBuilder rows = new StringBuilder("image,mos,std\n");
        for (int i = 0; i < 20; i++) {
            rows.append(i).append(".png,").append(3 + i % 5 / 10.0).append(",0.1\n");
        }
        assertThat(warnings(rows.toString())).isEmpty();
        assertThat(warnings(rows + "far.png,34,1\n"))
                .contains(
                        "1 means lie more than 5 interquartile ranges from the median 3.200; are they on another scale than the"
                                + " rest? \"far.png\"");
    }

    @Test
    void spreadsThatDoNotFitTheMeansAreAWarning() {
        assertThat(warnings("image,mos,std\na.png,1,2.1\nb.png,5,0.5\nc.png,3,0.5\n"))
                .containsExactly(
                        "1 standard deviations are larger than half the range of the means, 1.000 to 5.000, so no ratings"
                                + " between these ends have them; are they variances or on another scale? \"a.png\"");
        assertThat(warnings("image,mos,std\na.png,10,0.6\nb.png,90,0.5\nc.png,30,0.5\n"))
                .containsExactly(
                        "the median of the standard deviations is 0.5000, below 2 % of the range 10.00 to 90.00; are they on"
                                + " another scale than the means, or errors of the mean instead?");
        assertThat(warnings("image,mos,std\na.png,10,6\nb.png,90,5\nc.png,30,5\n"))
                .isEmpty();
    }

    @Test
    void aScaleThatIsGivenIsTheRange() {
        TableColumns columns = new TableColumns(
                "image",
                TableColumns.standard().opinions(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(new RatingScale(0, 100)));
        Path file = NativeFiles.write(folder.resolve("table.csv"), "image,mos,std\na.png,3,0.6\nb.png,5,0.5\n");
        assertThat(DatasetImport.run(
                                new TableImporter(TableImporter.Format.CSV, columns, CsvSettings.standard()),
                                file,
                                ImportSettings.standard())
                        .report()
                        .text())
                .contains(
                        "warning: the median of the standard deviations is 0.5500, below 2 % of the range 0.000 to 100.0;");
    }

    private List<String> warnings(String table) {
        return run(table, ImportSettings.standard()).report().diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == ImportReport.Severity.WARNING)
                .map(ImportReport.Diagnostic::text)
                .toList();
    }

    @Test
    void aImageInTwoRowsIsAnError() {
        assertThat(run("image,mos,std\na.png,3,1\nb.png,2,1\na.png,3,1\n", ImportSettings.standard())
                        .report()
                        .diagnostics()
                        .get(0))
                .isEqualTo(new ImportReport.Diagnostic(
                        ImportReport.Severity.ERROR,
                        "1 images stand in more than one row; keep one row of each: \"a.png\""));
    }

    @Test
    void aSplitWithoutImagesIsAnError() {
        TableColumns columns = new TableColumns(
                "image",
                TableColumns.standard().opinions(),
                Optional.empty(),
                Optional.of("set"),
                false,
                Optional.empty());
        Path file = NativeFiles.write(folder.resolve("table.csv"), "image,mos,std,set\na,1,1,\nb,2,1,val\n");
        assertThat(DatasetImport.run(
                                new TableImporter(TableImporter.Format.CSV, columns, CsvSettings.standard()),
                                file,
                                ImportSettings.standard())
                        .report()
                        .diagnostics()
                        .get(0))
                .isEqualTo(new ImportReport.Diagnostic(
                        ImportReport.Severity.ERROR,
                        "the split has no image, neither for training nor for the test; say which are for what"));
    }

    @Test
    void aFolderWithNoneOfTheImagesIsAnError() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(run(
                                "image,mos\na.png,1\nb.png,2\n",
                                ImportSettings.standard().withImages(empty))
                        .report()
                        .text())
                .contains("error: " + empty + ": none of the images is in this folder, such as \"a.png\", \"b.png\"\n");
    }

    @Test
    void damagedImagesAndCopiesAreFoundWhenAskedFor() throws IOException {
        Path images = Files.createDirectory(folder.resolve("pictures"));
        Files.copy(IMAGES.resolve("s0_97x61.png"), images.resolve("a.png"));
        Files.copy(IMAGES.resolve("s0_97x61.png"), images.resolve("b.png"));
        Files.writeString(images.resolve("c.png"), "no image");
        byte[] whole = Files.readAllBytes(IMAGES.resolve("s1_61x97.png"));
        Files.write(images.resolve("d.png"), Arrays.copyOf(whole, whole.length / 2)); // its size can still be read
        String table = "image,mos,std\na.png,1,1\nb.png,2,1\nc.png,3,1\nd.png,4,1\n";
        ImportSettings settings = ImportSettings.standard().withImages(images);

        assertThat(run(table, settings).report().diagnostics()).isEmpty();
        assertThat(run(table, settings.withCheckContent(true)).report().diagnostics())
                .containsExactly(
                        new ImportReport.Diagnostic(
                                ImportReport.Severity.WARNING, "2 images cannot be read: \"c.png\", \"d.png\""),
                        new ImportReport.Diagnostic(
                                ImportReport.Severity.WARNING,
                                "1 files hold the same bytes as another: \"b.png = a.png\""));
    }

    @Test
    void spreadsThatAreVariancesAreAWarning() {
        NativeFiles.write(folder.resolve("mos_with_names.txt"), "1 I01_01_5.bmp\n8 I02_01_1.bmp\n");
        NativeFiles.write(folder.resolve("mos_std.txt"), "16\n0.5\n");

        assertThat(DatasetImport.run(new Tid2013Importer(), folder, ImportSettings.standard())
                        .report()
                        .text())
                .contains(
                        "warning: 1 standard deviations are larger than the scale allows; are they variances? \"I01_01_5.bmp\"\n");
    }

    @Test
    void everyLayoutHasItsOwnName() {
        assertThat(DatasetImporter.published())
                .extracting(DatasetImporter::name)
                .doesNotHaveDuplicates()
                .hasSize(9);
        assertThat(DatasetImporter.find("kadid")).containsInstanceOf(KadidImporter.class);
        assertThat(DatasetImporter.find("KADID")).isEmpty();
    }
}
