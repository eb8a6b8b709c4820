package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of gray samples of more than eight bits, which a large network sees clipped and the small one does not. */
class DeepGrayTest {
    @TempDir
    Path folder;

    private Path image = Path.of("");
    private Path seen = Path.of("");
    private String warning = "";

    @BeforeEach
    void makeImage() throws IOException {
        image = folder.resolve("deep.png");
        seen = folder.resolve("seen.png");
        BufferedImage decoded = new BufferedImage(80, 80, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 80 * 80; i++) {
            decoded.getRaster().setSample(i % 80, i / 80, 0, 0x4000 + i);
        }
        ImageIO.write(decoded, "png", image.toFile());
        warning = "deqa: " + image
                + ": the gray samples have more than 8 bits, and those above 255 become white, as in the "
                + "reader that the authors' scores come from; save the image with 8 bits\n";
    }

    @Test
    void theLargeNetworkIsWarnedOf() {
        Shell run = Shell.deqa("score", "--model", Shell.MODEL, "--format", "csv", image, Shell.image("s0_97x61.png"));

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.lines()).hasSize(3);
        assertThat(run.err()).isEqualTo(warning);
    }

    @Test
    void predictionsAreWarnedOf() throws IOException {
        Path meta = Files.writeString(
                folder.resolve("test.json"),
                "[{\"id\": \"a\", \"image\": \"deep.png\", \"gt_score\": 3.2, \"gt_score_norm\": 3.6, \"std\": 0.5, "
                        + "\"std_norm\": 0.5}]");
        Path output = folder.resolve("results.jsonl");

        Shell run =
                Shell.deqa("predict", "--meta", meta, "--images", folder, "--output", output, "--model", Shell.MODEL);

        assertThat(run.err()).isEqualTo(warning + output + " has 1 of 1 results\n");
    }

    @Test
    void theSmallNetworkSeesThemAsTheyAreMeant() {
        assertThat(Shell.deqa("score", "--format", "csv", image).err()).isEmpty();
        assertThat(Shell.deqa("inspect", "--picture", image, "--seen", seen)).isEqualTo(new Shell(ExitCode.OK, "", ""));

        RgbImage decoded = new ImageReader(ReaderSettings.standard()).read(seen);
        assertThat(decoded.sample(0, 0, 0)).isEqualTo(0x40);
        assertThat(decoded.sample(79, 79, 0)).isEqualTo(0x58);
    }

    @Test
    void whatTheLargeNetworkSeesIsClipped() {
        assertThat(Shell.deqa("inspect", Shell.MODEL, "--picture", image, "--seen", seen))
                .isEqualTo(new Shell(ExitCode.OK, "", warning));

        RgbImage decoded = new ImageReader(ReaderSettings.standard()).read(seen);
        assertThat(decoded.samples()).containsOnly(255);
    }
}
