package io.github.deqa4j.train.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.train.compact.CompactReliability.Material;
import io.github.deqa4j.train.compact.CompactReliability.NamedImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactReliabilityTest {
    private static final int IMAGES = 20;

    @TempDir
    Path folder;

    private Path model = Path.of("");
    private Material material = new Material(Path.of(""), Path.of(""), Optional.empty(), List.of(), 0.8);

    @BeforeEach
    void prepare() throws IOException {
        model = folder.resolve("model");
        CompactStart.write(Golden.mini().resolve("trunk.safetensors"), model, 1);
        for (int i = 0; i < IMAGES; i++) {
            writeImage("rated", i);
        }
        writeImage("pristine", 100);
        Path list = Files.writeString(folder.resolve("list.txt"), "100.png\n\n");
        Path mos = Files.writeString(
                folder.resolve("mos.json"),
                IntStream.range(0, IMAGES)
                        .mapToObj(i -> "\"" + i + ".png\": {\"mos\": \"" + 100.0 * i / (IMAGES - 1) + "\"}")
                        .collect(Collectors.joining(", ", "{", "}")));
        material = new Material(
                mos,
                folder.resolve("rated"),
                Optional.of(new NamedImages(folder.resolve("pristine"), list)),
                List.of(results("first", 0, 25), results("second", 25, 50)),
                0.8);
    }

    @Test
    void theSameMaterialGivesTheSameBytes() {
        assertThat(write("first.safetensors", () -> {})).hasSameBinaryContentAs(write("second.safetensors", () -> {}));
    }

    @Test
    void eachImageIsAStep() {
        int[] steps = {0};
        write("reliability.safetensors", () -> steps[0]++);

        assertThat(steps[0])
                .isEqualTo(IMAGES + 1)
                .isEqualTo(CompactReliability.images(material).size());
    }

    @Test
    void aScorerReadsWhatWasWritten() throws IOException {
        Files.move(write("reliability.safetensors", () -> {}), model.resolve("reliability.safetensors"));

        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            List<Reliability> learned = CompactReliability.images(material).stream()
                    .map(image -> scorer.score(image).reliability().orElseThrow())
                    .toList();
            QualityScore flat = scorer.score(new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB));

            assertThat(learned)
                    .allSatisfy(
                            one -> assertThat(one.unfamiliarity()).isPositive().isLessThan(1.2));
            assertThat(learned.get(0).interval().coverage()).isEqualTo(0.8);
            assertThat(flat.reliability().orElseThrow().unfamiliarity()).isGreaterThan(1);
        }
    }

    @Test
    void anImageThatIsNotThereIsNamed() throws IOException {
        Files.delete(folder.resolve("rated/3.png"));

        assertRefused(folder.resolve("mos.json") + ": it names an image that is not there: "
                + folder.resolve("rated/3.png") + "; name the folder of the images");
    }

    @Test
    void anImageInTwoFilesOfResultsIsNamed() {
        material = new Material(
                material.mos(),
                material.images(),
                material.pristine(),
                List.of(material.residuals().get(0), material.residuals().get(0)),
                0.8);

        assertRefused(folder.resolve("first") + ": the image \"0.png\" is in " + folder.resolve("first")
                + ", too; each image must have been left out once");
    }

    @Test
    void aResultWithoutAnOpinionIsNamed() throws IOException {
        Path first = folder.resolve("first");
        Files.writeString(first, Files.readString(first).replaceFirst("\"gt_score\": [0-9.]+, ", ""));

        assertRefused(first + ": the row \"r0\" has no gt_score, so its error is not known");
    }

    @Test
    void aLargeNetworkIsRefused() {
        model = Golden.mini().resolve("model");

        assertRefused(model + ": this is no small network, so its head reads no statistics");
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(() -> write("reliability.safetensors", () -> {}))
                .isInstanceOf(DeqaException.class)
                .hasMessage(problem);
        assertThat(folder.resolve("reliability.safetensors")).doesNotExist();
    }

    private Path write(String name, Runnable step) {
        Path file = folder.resolve(name);
        CompactReliability.write(
                ModelFiles.open(Optional.of(model), Optional.empty(), Optional.empty()), material, step, file);
        return file;
    }

    private Path results(String name, int from, int to) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                IntStream.range(from, to)
                        .mapToObj(i -> "{\"id\": \"r" + i + "\", \"image\": \"" + i + ".png\", \"gt_score\": " + 2.0 * i
                                + ", \"logits\": {\"excellent\": " + 0.1 * i
                                + ", \"good\": 0, \"fair\": 0, \"poor\": 0, \"bad\": 0}}\n")
                        .collect(Collectors.joining()));
    }

    private void writeImage(String below, int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(80, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 80 * 64; i++) {
            image.setRGB(i % 80, i / 80, random.nextInt(256) * (0x010101 - (seed & 1)));
        }
        Files.createDirectories(folder.resolve(below));
        ImageIO.write(image, "png", folder.resolve(below + "/" + seed + ".png").toFile());
    }
}
