package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KadidImporterTest extends DatasetImporterContract {
    @Override
    DatasetImporter importer() {
        return new KadidImporter();
    }

    @Override
    void writeDataset() {
        NativeFiles.write(csv(), """
                dist_img,ref_img,dmos,var
                I01_01_01.png,I01.png,4.57,0.496
                I01_01_05.png,I01.png,1.47,1.96
                I02_01_01.png,I02.png,4.93,0.0
                I02_01_05.png,I02.png,2.0,0.64
                """);
    }

    @Override
    List<Path> files() {
        return List.of(csv());
    }

    private Path csv() {
        return folder.resolve("dmos.csv");
    }

    @Test
    void theFourthColumnIsAVarianceAndMayBeZero() throws IOException {
        assertThat(image("I01_01_05.png").opinion().std()).hasValue(1.4);
        assertThat(image("I02_01_01.png").opinion().std()).hasValue(0);
        assertThat(image("I01_01_05.png").opinion().mosText()).isEqualTo("1.47");
    }

    @Test
    void theReferenceIsTheSecondColumn() throws IOException {
        assertThat(references(imported())).containsExactlyInAnyOrder("I01.png", "I02.png");
    }

    @Test
    void referencesAreWrittenBesideAndReadAgain() throws IOException {
        writeDataset();
        Path output = folder.resolve("out");
        DatasetImport.run(importer(), folder, ImportSettings.standard()).write(output);

        assertThat(output.resolve("references.json")).hasContent("""
                {
                    "I01_01_01.png": "I01.png",
                    "I01_01_05.png": "I01.png",
                    "I02_01_01.png": "I02.png",
                    "I02_01_05.png": "I02.png"
                }""");
        assertThat(ReferenceFile.read(output.resolve("references.json")).byImage())
                .hasSize(4)
                .containsEntry("I02_01_05.png", "I02.png");
    }

    @Test
    void opinionsThatGrowWithTheDistortionAreAnError() {
        NativeFiles.write(csv(), """
                dist_img,ref_img,dmos,var
                I01_01_01.png,I01.png,1.5,0.4
                I01_01_03.png,I01.png,3,0.4
                I02_01_05.png,I02.png,4.5,0.4
                """);

        ImportReport report =
                DatasetImport.run(importer(), folder, ImportSettings.standard()).report();

        assertThat(report.hasErrors()).isTrue();
        assertThat(report.diagnostics().get(0).text())
                .startsWith("the means grow with what should lower them (correlation 1.00)");
    }

    @Test
    void wrongValuesAreOneSentence() throws IOException {
        expectProblem(csv(), "1.96", "-1.96", "line 3: \"var\" is -1.96; it cannot be negative");
        expectProblem(csv(), "I02.png,2.0", ",2.0", "line 5: \"ref_img\" is empty; it must have a value");
        expectProblem(
                csv(),
                "1.47,1.96",
                "1,47,1,96",
                "line 3: there are 6 values for 4 columns; look for a decimal comma, a name that needs quotes, or another separator");
    }
}
