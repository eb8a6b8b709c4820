package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvaImporterTest extends DatasetImporterContract {
    @Override
    DatasetImporter importer() {
        return new AvaImporter();
    }

    @Override
    void writeDataset() {
        NativeFiles.write(list(), """
                1 953619 0 1 5 17 38 36 15 6 5 1 1 22 1396
                2 953958 10 0 0 0 0 0 0 0 0 10 15 21 1396
                3 954184 0 0 0 0 7 0 0 0 0 0 1 22 1396
                4 954113 0 0 0 0 0 0 0 2 2 0 1 22 1396
                """);
    }

    @Override
    List<Path> files() {
        return List.of(list());
    }

    private Path list() {
        return folder.resolve("AVA.txt");
    }

    @Test
    void meanAndSpreadAreTheHistograms() throws IOException {
        assertThat(image("953958.jpg").mos()).isEqualTo(5.5);
        assertThat(image("953958.jpg").opinion().std()).hasValue(4.5);
        assertThat(image("954184.jpg").opinion().std()).hasValue(0);
        assertThat(image("953619.jpg").mos()).isCloseTo(699 / 124.0, within(1e-12));
    }

    @Test
    void wrongLinesAreOneSentence() throws IOException {
        expectProblem(
                list(),
                " 1396",
                "",
                "line 1: there are 14 values; a line must hold 15 numbers: index, id, ten votes, two tags, challenge");
        expectProblem(list(), "0 0 0 0 7", "0 0 0 0 -7", "line 3: \"votes for 5\" is -7; it cannot be negative");
        expectProblem(list(), "0 0 0 0 7", "0 0 0 0 0", "line 3: all votes are 0; an image needs at least one");
    }
}
