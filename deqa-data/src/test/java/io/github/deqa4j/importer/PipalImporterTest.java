package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipalImporterTest extends DatasetImporterContract {
    @Override
    DatasetImporter importer() {
        return new PipalImporter();
    }

    @Override
    void writeDataset() {
        NativeFiles.write(labels("A0001"), "A0001_00_00.bmp,1434.1276\r\nA0001_00_01.bmp,1380.5\r\n");
        NativeFiles.write(labels("A0002"), "A0002_00_00.bmp,1201.25\r\nA0002_00_01.bmp,1600\r\n");
    }

    @Override
    List<Path> files() {
        return List.of(labels("A0001"), labels("A0002"));
    }

    @Override
    @Test
    void aMissingFileIsNamed() {
        assertThat(problem())
                .hasValue(folder.resolve("Train_Label") + ": there is no such folder; PIPAL's ratings stand in it");
        NativeFiles.write(folder.resolve("Train_Label/readme"), "");
        assertThat(problem()).hasValue(folder.resolve("Train_Label") + ": the folder holds no .txt file");
    }

    private Path labels(String reference) {
        return folder.resolve("Train_Label").resolve(reference + ".txt");
    }

    @Test
    void ratingsAreEloWithoutSpreads() throws IOException {
        assertThat(image("A0001_00_00.bmp").opinion().mosText()).isEqualTo("1434.1276");
        assertThat(imported().images())
                .allSatisfy(image -> assertThat(image.opinion().std()).isEmpty());
    }

    @Test
    void theReferenceIsTheStartOfTheName() throws IOException {
        assertThat(references(imported())).containsExactlyInAnyOrder("A0001", "A0002");
    }

    @Test
    void wrongLinesAreOneSentence() throws IOException {
        expectProblem(
                labels("A0002"),
                ",1600",
                "",
                "line 2: there are 1 values; a line must hold an image and its rating, such as A0001_00_00.bmp,1434.2");
        expectProblem(labels("A0001"), "1380.5", "n/a", "line 2: \"Elo\" holds \"n/a\"; it must be a finite number");
    }
}
