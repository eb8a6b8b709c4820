package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.dataset.MosFile;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import us.hebi.matlab.mat.format.Mat5;

class LiveWildImporterTest extends DatasetImporterContract {
    @Override
    DatasetImporter importer() {
        return new LiveWildImporter();
    }

    @Override
    void writeDataset() {
        NativeFiles.mat(
                mat("AllImages_release"),
                "AllImages_release",
                NativeFiles.names("t1.bmp", "t7.bmp", "3.bmp", "4.bmp", "1001.JPG", "tree.bmp"));
        NativeFiles.mat(
                mat("AllMOS_release"), "AllMOS_release", NativeFiles.row(64.9, 20.1, 63.9634, 25.33, 48.9, 3.4));
        NativeFiles.mat(
                mat("AllStdDev_release"), "AllStdDev_release", NativeFiles.row(17.4, 20.5, 19.1, 16.6, 15.2, 18));
    }

    @Override
    List<Path> files() {
        return List.of(mat("AllImages_release"), mat("AllMOS_release"), mat("AllStdDev_release"));
    }

    private Path mat(String name) {
        return folder.resolve("Data").resolve(name + ".mat");
    }

    @Test
    void theImagesThatTrainedTheRatersAreLeftOut() throws IOException {
        ImportedDataset dataset = imported();

        assertThat(dataset.images())
                .extracting(ImportedImage::path)
                .containsExactly("3.bmp", "4.bmp", "1001.JPG", "tree.bmp");
        assertThat(dataset.images().get(0).mos()).isEqualTo(63.9634);
        assertThat(dataset.images().get(0).opinion().std()).hasValue(19.1);
        assertThat(dataset.notes()).containsExactly("2 images that trained the raters are left out");
    }

    @Test
    void listsOfDifferentLengthAreOneSentence() throws IOException {
        writeDataset();
        NativeFiles.mat(mat("AllMOS_release"), "AllMOS_release", NativeFiles.row(1, 2));

        assertThat(problem())
                .hasValue(
                        mat("AllImages_release")
                                + ": there are 6 images, but 2 means and 6 standard deviations; the three files must be of one release");
    }

    @Test
    void wrongVariablesAreOneSentence() throws IOException {
        writeDataset();
        NativeFiles.mat(mat("AllMOS_release"), "mos", NativeFiles.row(1, 2));
        assertThat(problem())
                .hasValue(mat("AllMOS_release")
                        + ": variable \"AllMOS_release\": there is not such a variable; get the file again");

        NativeFiles.mat(mat("AllMOS_release"), "AllMOS_release", NativeFiles.names("a"));
        assertThat(problem())
                .hasValue(mat("AllMOS_release")
                        + ": variable \"AllMOS_release\": there is not a matrix of numbers; get the file again");

        NativeFiles.mat(
                mat("AllImages_release"),
                "AllImages_release",
                Mat5.newCell(1, 1).set(0, Mat5.newScalar(3)));
        assertThat(problem())
                .hasValue(mat("AllImages_release")
                        + ": variable \"AllImages_release\": there is not a text in cell 1; get the file again");
    }

    @Test
    void numbersThatAreNoneAreOneSentence() throws IOException {
        writeDataset();
        NativeFiles.mat(mat("AllStdDev_release"), "AllStdDev_release", NativeFiles.row(1, 1, 1, Double.NaN, 1, 1));

        assertThat(problem())
                .hasValue(mat("AllImages_release") + ": entry 4: \"4.bmp\" has the mean 25.33 and the standard"
                        + " deviation NaN; both must be finite and the second not negative");
    }

    @Test
    void theRealTrainingImagesAreImportedFromTheirJson() {
        Path data = Golden.data("livewild-train");
        TableImporter json =
                new TableImporter(TableImporter.Format.JSON, TableColumns.standard(), CsvSettings.standard());

        DatasetImport done = DatasetImport.run(
                json, data.resolve("mos.json"), ImportSettings.standard().withImages(data.resolve("images")));

        assertThat(done.report().text()).isEqualTo("""
                json: 930 images, mos 3.420 to 92.43, std 6.756 to 28.59
                split (drawn with the ratio 0.8 and the seed 131): 744 for training, 186 for the test, 0 in neither
                """);
        assertThat(done.mos()).isEqualTo(MosFile.read(data.resolve("mos.json")));
    }
}
