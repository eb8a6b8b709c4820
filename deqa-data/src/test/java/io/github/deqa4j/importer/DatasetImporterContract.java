package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.MosFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every importer keeps to: extend this, and write a small data set in the layout. */
abstract class DatasetImporterContract {
    @TempDir
    Path folder;

    abstract DatasetImporter importer();

    /** Writes a data set of four images at least, on a whole scale and with two references if any. */
    abstract void writeDataset() throws IOException;

    /** The files that cannot be missing. */
    abstract List<Path> files();

    /** What is given to the importer. */
    Path source() {
        return folder;
    }

    ImportedDataset imported() throws IOException {
        writeDataset();
        return importer().read(source());
    }

    ImportedImage image(String name) throws IOException {
        return imported().images().stream()
                .filter(image -> image.path().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nameAndLayoutAreOneLineEach() {
        assertThat(importer().name()).matches("[a-z0-9]+");
        assertThat(importer().layout()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void opinionsFitTheScale() throws IOException {
        ImportedDataset dataset = imported();

        assertThat(dataset.name()).isEqualTo(importer().name());
        assertThat(dataset.images()).hasSizeGreaterThanOrEqualTo(4);
        dataset.facts()
                .scale()
                .ifPresent(scale -> assertThat(dataset.images())
                        .allSatisfy(image -> assertThat(image.mos()).isBetween(scale.least(), scale.greatest())));
    }

    @Test
    void anImportWritesFilesThatReadBack() throws IOException {
        writeDataset();
        Path out = Files.createDirectory(folder.resolve("out"));

        DatasetImport done = DatasetImport.run(importer(), source(), ImportSettings.standard());
        done.write(out);

        assertThat(done.report().hasErrors()).isFalse();
        assertThat(MosFile.read(out.resolve("mos.json"))).isEqualTo(done.mos());
        assertThat(io.github.deqa4j.dataset.SplitFile.read(out.resolve("split.json")))
                .isEqualTo(done.split());
    }

    @Test
    void aDrawnSplitTakesEveryImageOnceAndPartsNoReference() throws IOException {
        ImportedDataset dataset = imported();
        for (int seed = 0; seed < 20; seed++) {
            Split split = Split.of(dataset, SplitSettings.drawn(0.5, seed));

            assertThat(split.crossing()).isEmpty();
            assertThat(split.train()).isNotEmpty().doesNotContainAnyElementsOf(split.test());
            assertThat(split.test()).isNotEmpty();
            assertThat(split.train().size() + split.test().size())
                    .isEqualTo(dataset.images().size());
            assertThat(Split.of(dataset, SplitSettings.drawn(0.5, seed))).isEqualTo(split);
        }
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        for (Path file : files()) {
            writeDataset();
            Files.delete(file);

            assertThat(problem())
                    .as(file.toString())
                    .hasValueSatisfying(message ->
                            assertThat(message).startsWith(folder.toString()).doesNotContain("\n"));
        }
    }

    @Test
    void anEmptyFileIsNamed() throws IOException {
        for (Path file : files()) {
            writeDataset();
            Files.write(file, new byte[0]);

            assertThat(problem())
                    .hasValueSatisfying(message ->
                            assertThat(message).startsWith(file + ": ").doesNotContain("\n"));
        }
    }

    @Test
    void aFileCutOffIsReadOrRefused() throws IOException {
        writeDataset();
        for (Path file : files()) {
            byte[] whole = Files.readAllBytes(file);
            for (int length = 0; length < whole.length; length += 1 + whole.length / 150) {
                Files.write(file, Arrays.copyOf(whole, length));
                problem().ifPresent(message -> assertThat(message).doesNotContain("\n"));
            }
            Files.write(file, whole);
        }
    }

    @Test
    void aDamagedFileIsReadOrRefused() throws IOException {
        writeDataset();
        Random random = new Random(7);
        for (Path file : files()) {
            byte[] whole = Files.readAllBytes(file);
            for (int trial = 0; trial < 300; trial++) {
                byte[] damaged = whole.clone();
                for (int i = 0; i <= trial % 3; i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                Files.write(file, damaged);
                problem().ifPresent(message -> assertThat(message).doesNotContain("\n"));
            }
            Files.write(file, whole);
        }
    }

    /** The message of the error that reading raises; any other kind of error fails the test. */
    Optional<String> problem() {
        try {
            importer().read(source());
            return Optional.empty();
        } catch (DeqaException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Changes a text in a file and expects a message, after the file's own name. */
    void expectProblem(Path file, String from, String to, String message) throws IOException {
        writeDataset();
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(from), to));

        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(() -> importer().read(source()))
                .withMessage(file + ": " + message);
    }

    static Set<String> references(ImportedDataset dataset) {
        Set<String> references = new HashSet<>();
        dataset.images().forEach(image -> image.reference().ifPresent(references::add));
        return references;
    }
}
