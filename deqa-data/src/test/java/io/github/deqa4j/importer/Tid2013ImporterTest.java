package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class Tid2013ImporterTest extends DatasetImporterContract {
    @Override
    DatasetImporter importer() {
        return new Tid2013Importer();
    }

    @Override
    void writeDataset() {
        NativeFiles.write(
                means(),
                "5.51429 I01_01_1.bmp\r\n3.00000 i01_01_5.bmp\r\n6.10526 I02_01_1.bmp\r\n2.5 I02_01_5.bmp\r\n");
        NativeFiles.write(spreads(), "0.13013\r\n0.09\r\n0.1\r\n0\r\n");
    }

    @Override
    List<Path> files() {
        return List.of(means(), spreads());
    }

    private Path means() {
        return folder.resolve("mos_with_names.txt");
    }

    private Path spreads() {
        return folder.resolve("mos_std.txt");
    }

    @Test
    void spreadsComeInTheOrderOfTheMeans() throws IOException {
        assertThat(image("I01_01_1.bmp").opinion().mosText()).isEqualTo("5.51429");
        assertThat(image("I02_01_1.bmp").opinion().std()).hasValue(0.1);
    }

    @Test
    void referencesAreOneInEitherCase() throws IOException {
        assertThat(references(imported())).containsExactlyInAnyOrder("I01", "I02");
    }

    @Test
    void namesAreTheOnesOnDisk() {
        writeDataset();
        for (String name : List.of("i01_01_1.bmp", "I01_01_5.BMP", "I02_01_1.bmp")) {
            NativeFiles.write(folder.resolve("distorted_images").resolve(name), name);
        }

        DatasetImport done = DatasetImport.run(importer(), folder, ImportSettings.standard());

        assertThat(done.mos().opinions())
                .extracting(opinion -> opinion.path())
                .containsExactly("i01_01_1.bmp", "I01_01_5.BMP", "I02_01_1.bmp", "I02_01_5.bmp");
        assertThat(done.report().text())
                .contains("warning: " + folder.resolve("distorted_images")
                        + ": 1 images are missing: \"I02_01_5.bmp\"\n");
    }

    @Test
    void listsOfDifferentLengthAreOneSentence() throws IOException {
        expectProblem(
                spreads(),
                "0.09\r\n",
                "",
                "there are 3 standard deviations for 4 means; the two files must be of one release");
        expectProblem(means(), "6.10526", "9.10526;", "line 3: \"mos\" holds \"9.10526;\"; it must be a finite number");
    }

    @Test
    void opinionsThatGrowWithTheDistortionAreAnError() {
        writeDataset();
        NativeFiles.write(means(), "1 I01_01_1.bmp\n8 I01_01_5.bmp\n2 I02_01_1.bmp\n7 I02_01_5.bmp\n");
        assertThat(DatasetImport.run(importer(), folder, ImportSettings.standard())
                        .report()
                        .text())
                .contains("error: the means grow with what should lower them (correlation 0.99)");
    }

    @Test
    void aMeanOffTheScaleIsAnError() {
        writeDataset();
        NativeFiles.write(means(), "9.5 I01_01_1.bmp\n3 I01_01_5.bmp\n6 I02_01_1.bmp\n2 I02_01_5.bmp\n");

        assertThat(DatasetImport.run(importer(), folder, ImportSettings.standard())
                        .report()
                        .text())
                .contains("error: 1 means lie outside 0.0 to 9.0: \"I01_01_1.bmp\"\n");
    }
}
