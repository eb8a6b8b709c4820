package io.github.deqa4j.train.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.train.compact.CompactFaults.Material;
import io.github.deqa4j.train.compact.CompactReliability.NamedImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactFaultsTest {
    private static final int PRISTINE = 40;

    @TempDir
    Path folder;

    private Path model = Path.of("");
    private Material material = new Material(Path.of(""), Path.of(""), new NamedImages(Path.of(""), Path.of("")));

    @BeforeEach
    void prepare() throws IOException {
        model = folder.resolve("model");
        CompactStart.write(Golden.mini().resolve("trunk.safetensors"), model, 1);
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < PRISTINE; i++) {
            writeImage("pristine", i);
            names.append(i).append(".png\n\n");
        }
        writeImage("rated", 101);
        writeImage("rated", 102);
        writeImage("rated", 103);
        Path mos = Files.writeString(
                folder.resolve("mos.json"),
                "{\"101.png\": {\"mos\": \"0\"}, \"102.png\": {\"mos\": \"65\"}, \"103.png\": {\"mos\": \"100\"}}");
        Path list = Files.writeString(folder.resolve("list.txt"), names);
        material = new Material(mos, folder.resolve("rated"), new NamedImages(folder.resolve("pristine"), list));
    }

    @Test
    void photographsWithGoodOpinionsAndPristineImagesAreTaken() {
        assertThat(CompactFaults.images(material))
                .hasSize(2 + PRISTINE)
                .startsWith(folder.resolve("rated/102.png"), folder.resolve("rated/103.png"))
                .endsWith(folder.resolve("pristine/" + (PRISTINE - 1) + ".png"));
    }

    @Test
    void aScorerReadsWhatWasWrittenAndTheSameMaterialGivesTheSameBytes() throws IOException {
        Path first = write("first.safetensors");
        assertThat(first).hasSameBinaryContentAs(write("second.safetensors"));

        Files.move(first, model.resolve("faults.safetensors"));
        try (Scorer scorer = Scorers.open(ModelSource.directory(model))) {
            assertThat(scorer.score(folder.resolve("rated/101.png")).faults()).isPresent();
        }
    }

    @Test
    void anImageThatIsNotThereIsNamed() throws IOException {
        Files.delete(folder.resolve("pristine/3.png"));

        assertThatThrownBy(() -> write("faults.safetensors"))
                .isInstanceOf(DeqaException.class)
                .hasMessage(folder.resolve("list.txt") + ": it names an image that is not there: "
                        + folder.resolve("pristine/3.png") + "; name the folder of the images");
        assertThat(folder.resolve("faults.safetensors")).doesNotExist();
    }

    private Path write(String name) {
        Path file = folder.resolve(name);
        CompactFaults.write(
                ModelFiles.open(Optional.of(model), Optional.empty(), Optional.empty()), material, () -> {}, file);
        return file;
    }

    private void writeImage(String place, int number) throws IOException {
        SplittableRandom random = new SplittableRandom(number);
        BufferedImage image = new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 48; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        Files.createDirectories(folder.resolve(place));
        ImageIO.write(
                image, "png", folder.resolve(place + "/" + number + ".png").toFile());
    }
}
