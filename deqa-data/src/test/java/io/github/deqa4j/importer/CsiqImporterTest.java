package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsiqImporterTest extends DatasetImporterContract {
    @Override
    DatasetImporter importer() {
        return new CsiqImporter();
    }

    @Override
    void writeDataset() {
        Map<String, List<List<Object>>> sheets = new LinkedHashMap<>();
        sheets.put("README", List.of(List.of("DMOS of CSIQ"), List.of("image", "dmos")));
        sheets.put(
                "all_by_image",
                List.of(
                        List.of("", "", "All by image"),
                        List.of(),
                        List.of("", "", "", "image", "dst_idx", "dst_type", "dst_lev", "dmos_std", "dmos"),
                        List.of("", "", "", 1600, 1, "noise", 1, 0.081, 0.062),
                        List.of("", "", "", 1600, 1, "noise", 5, 0.1, 0.75),
                        List.of("", "", "", "aerial_city", 2, "jpeg 2000", 1, 0.1, 0.0),
                        List.of("", "", "", "aerial_city", 3, "blur", 5, 0.2, 1)));
        NativeFiles.xlsx(xlsx(), sheets);
    }

    @Override
    List<Path> files() {
        return List.of(xlsx());
    }

    private Path xlsx() {
        return folder.resolve("csiq.DMOS.xlsx");
    }

    @Test
    void lowerWasBetter() throws IOException {
        assertThat(image("awgn/1600.AWGN.1.png").mos()).isCloseTo(0.938, within(1e-15));
        assertThat(image("awgn/1600.AWGN.1.png").opinion().std()).hasValue(0.081);
        assertThat(image("jpeg2000/aerial_city.jpeg2000.1.png").mos()).isEqualTo(1);
        assertThat(image("blur/aerial_city.BLUR.5.png").mos()).isZero();
        assertThat(references(imported())).containsExactlyInAnyOrder("1600", "aerial_city");
    }

    @Test
    void opinionsThatGrowWithTheDistortionAreAnError() {
        NativeFiles.write(folder.resolve("csiq_dmos.csv"), """
                image,dst_idx,dst_type,dst_lev,dmos_std,dmos
                1600,1,noise,1,0.1,0.9
                1600,1,noise,3,0.1,0.5
                aerial_city,1,noise,5,0.1,0.1
                """);
        NativeFiles.write(folder.resolve("list/csiq_label.txt"), """
                1600.AWGN.1.png 0.9
                1600.AWGN.3.png 0.5
                aerial_city.AWGN.5.png 0.1
                """);
        for (Path source : List.of(folder, folder.resolve("list"))) {
            ImportReport report = DatasetImport.run(importer(), source, ImportSettings.standard())
                    .report();
            assertThat(report.diagnostics().get(0).text())
                    .startsWith("the means grow with what should lower them (correlation 1.00)");
        }
    }

    @Test
    void theTableMayBeCsv() throws IOException {
        NativeFiles.write(
                folder.resolve("csiq_dmos.csv"),
                "image,dst_idx,dst_type,dst_lev,dmos_std,dmos\n1600,1,noise,1,0.081,0.062\n");

        ImportedImage image = importer().read(folder).images().get(0);

        assertThat(image).isEqualTo(image("awgn/1600.AWGN.1.png"));
    }

    @Test
    void theListHasNoSpreadsAndNamesAreFoundInAnyFolder() throws IOException {
        NativeFiles.write(folder.resolve("csiq_label.txt"), "1600.AWGN.1.png 0.062\n1600.AWGN.5.png 0.75\n");
        NativeFiles.write(folder.resolve("dst_imgs/awgn/1600.AWGN.1.png"), "x");

        DatasetImport done = DatasetImport.run(
                importer(),
                folder,
                ImportSettings.standard()
                        .withSplit(SplitSettings.standard().withTest(java.util.Set.of("1600.AWGN.5.png"))));

        assertThat(done.mos().opinions())
                .extracting(opinion -> opinion.path())
                .containsExactly("awgn/1600.AWGN.1.png", "1600.AWGN.5.png");
        assertThat(done.report().text())
                .contains("note: lower was better: the opinion is 1 - DMOS\n")
                .contains("warning: no image has a standard deviation; labels will need a pseudo-std or two levels\n")
                .contains(
                        "warning: 1 references have images in training and in the test, so the test is not independent: \"1600\"\n");
    }

    @Test
    void aWorkbookWithoutTheColumnsIsOneSentence() {
        NativeFiles.xlsx(xlsx(), Map.of("a", List.of(List.of("image", "dmos"), List.of("1600", 0.5))));

        assertThat(problem())
                .hasValue(xlsx() + ": no row of any sheet names the columns \"image\", \"dst_type\", \"dst_lev\","
                        + " \"dmos_std\", \"dmos\"");
    }

    @Test
    void wrongCellsAreOneSentence() {
        List<Object> header = List.of("image", "dst_type", "dst_lev", "dmos_std", "dmos");
        NativeFiles.xlsx(xlsx(), Map.of("a", List.of(header, List.of("1600", "fog", 1, 0.1, 0.5))));
        assertThat(problem())
                .hasValue(xlsx() + ": sheet \"a\", row 2: \"dst_type\" is \"fog\", which is no distortion of CSIQ");

        NativeFiles.xlsx(xlsx(), Map.of("a", List.of(header, List.of("1600", "blur", 1, 0.1, "0,5"))));
        assertThat(problem())
                .hasValue(xlsx() + ": sheet \"a\", row 2: \"dmos\" holds 0,5, a decimal comma; use a decimal point,"
                        + " or read it as a table of your own with decimal commas");
    }

    @Test
    void aFolderThatIsNoneIsOneSentence() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> importer().read(file)))
                .hasMessage(file + ": this is not a folder; name the folder of the data set");
    }
}
