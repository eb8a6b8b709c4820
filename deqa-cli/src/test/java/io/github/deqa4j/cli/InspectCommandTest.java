package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.prepare.PreprocessorConfig;
import io.github.deqa4j.image.prepare.SquareView;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private static final Path IMAGE = Shell.image("s0_97x61.png");

    @TempDir
    Path folder;

    @Test
    void theReportNamesWhatTheCheckpointIs() {
        Shell run = Shell.deqa("inspect", Shell.MODEL);

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .startsWith("model           " + Shell.MODEL + "\n")
                .contains("architecture    mPLUG-Owl2")
                .contains("format          safetensors")
                .contains("number formats  F16 ")
                .contains("missing         none")
                .contains("unknown         none");
    }

    @Test
    void everyTensorCanBeListed() {
        Shell run = Shell.deqa("inspect", Shell.MODEL, "--tensors");

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.lines())
                .contains("model.norm.weight F16 [32]")
                .hasSizeGreaterThan(50)
                .isSorted();
        assertThat(Shell.deqa("inspect", "--tensors").out()).contains("trunk.");
        assertThat(Shell.deqa("inspect", "--tensors", "--json"))
                .isEqualTo(new Shell(ExitCode.USAGE, "", "deqa: --json is for the report alone; leave it out\n"));
    }

    @Test
    void theReportCanBeJson() throws IOException {
        JsonNode report = new ObjectMapper()
                .readTree(Shell.deqa("inspect", "--json", Shell.MODEL).out());

        assertThat(report.get("parameters").longValue())
                .isEqualTo(report.get("parametersByDtype").get("F16").longValue())
                .isGreaterThan(100_000);
        assertThat(report.get("missing")).isEmpty();
    }

    @Test
    void missingAndUnknownNamesAreListed() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        Files.copy(Shell.MODEL.resolve("model.safetensors"), model.resolve("model.safetensors"));
        String config = Files.readString(Shell.MODEL.resolve("config.json"));
        Files.writeString(
                model.resolve("config.json"),
                config.replaceFirst("\"num_hidden_layers\": \\d+", "\"num_hidden_layers\": 1"));

        Shell run = Shell.deqa("inspect", model);

        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out()).contains("model.layers.1.input_layernorm.multiway.0.weight");
    }

    @Test
    void textBecomesIds() throws IOException {
        JsonNode first = Golden.json(Golden.mini().resolve("tokens.json")).get(3);
        String text = first.path("text").asText();

        assertThat(Shell.deqa("inspect", Shell.MODEL, "--text", text).out().strip())
                .isEqualTo(first.get("ids").toString());
        assertThat(Shell.deqa("inspect", Shell.MODEL, "--text", "").out()).isEqualTo("[1]\n");
        assertThat(Shell.deqa("inspect", "--text", "x").err())
                .isEqualTo("deqa: --text needs the directory of a tokenizer: deqa inspect DIR\n");
    }

    @Test
    void whatTheNetworkSeesIsWritten() {
        Path large = folder.resolve("large.png");
        Path inside = folder.resolve("inside.png");
        Path square = folder.resolve("square.png");
        PngFile.write(large, new RgbImage(700, 600, new byte[3 * 700 * 600]));

        assertThat(Shell.deqa("inspect", "--picture", large, "--seen", inside).status())
                .isEqualTo(ExitCode.OK);
        assertThat(Shell.deqa("inspect", Shell.MODEL, "--picture", IMAGE, "--seen", square)
                        .status())
                .isEqualTo(ExitCode.OK);

        ImageReader reader = new ImageReader(ReaderSettings.standard());
        RgbImage image = reader.read(IMAGE);
        assertThat(reader.read(inside).width()).isEqualTo(553);
        assertThat(reader.read(inside).height()).isEqualTo(474);
        assertThat(reader.read(square).samples())
                .isEqualTo(new SquareView(PreprocessorConfig.standard(56))
                        .seen(image)
                        .samples());
    }

    @Test
    void problemsAreOneSentence() {
        assertThat(Shell.deqa("inspect", "--base", Shell.MODEL).err())
                .isEqualTo("deqa: --base needs the directory of the adapter that adapts it: deqa inspect DIR\n");
        assertThat(Shell.deqa("inspect", "--picture", IMAGE).status()).isEqualTo(ExitCode.USAGE);
        assertThat(Shell.deqa("inspect", "--picture", IMAGE, "--seen", IMAGE).err())
                .isEqualTo("deqa: " + IMAGE + ": this is the image; name another file with --seen\n");
        assertThat(Shell.deqa("inspect", folder.resolve("none")).status()).isEqualTo(ExitCode.NO_MODEL);
    }
}
