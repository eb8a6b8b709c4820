package io.github.deqa4j.torch.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.config.InvalidConfigException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.CompactFiles;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelInspector;
import io.github.deqa4j.torch.load.ModelReport;
import io.github.deqa4j.torch.load.NetworkPart;
import io.github.deqa4j.torch.nn.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkArchitectureTest {
    private static final Path MINI = Golden.mini().resolve("model");

    @TempDir
    Path folder;

    @Test
    void anUnknownKindNamesTheKnownOnes() throws IOException {
        Path config = Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"llava\"}");

        assertThatThrownBy(() -> design(folder))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(config + ": \"model_type\" is \"llava\"; it must be \"mplug_owl2\" or \"deqa_compact\"");
    }

    @Test
    void theSmallNetworkIsDescribed() {
        ModelDirectory files = files(CompactFiles.write(folder.resolve("compact")));
        ModelReport report =
                ModelInspector.inspect(files, NetworkArchitecture.of(files).description());

        assertThat(report.agrees()).isTrue();
        assertThat(report.architecture())
                .isEqualTo("compact: residual trunk of 2 stages (2 × 8, 1 × 12), means and spreads of their features; "
                        + "head of 256 hidden features; images of 32 px a side to 262144 px in all");
        assertThat(report.parametersByPart()).containsOnlyKeys("trunk", "head");
        assertThat(report.parametersByPart().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(report.parameters());
    }

    @Test
    void everyWeightBelongsToAPart() {
        NetworkArchitecture prompted = design(MINI);
        NetworkArchitecture compact = design(CompactFiles.write(folder.resolve("compact")));

        assertThat(prompted.part("model.vision_model.encoder.layers.0.mlp.fc1.weight"))
                .isEqualTo(NetworkPart.VISION_TRANSFORMER);
        assertThat(prompted.part("model.visual_abstractor.vit_eos")).isEqualTo(NetworkPart.VISUAL_ABSTRACTOR);
        assertThat(prompted.part("model.layers.0.self_attn.q_proj.lora_A.weight"))
                .isEqualTo(NetworkPart.DECODER);
        assertThat(prompted.part("model.embed_tokens.weight")).isEqualTo(NetworkPart.DECODER);
        assertThat(prompted.part("lm_head.weight")).isEqualTo(NetworkPart.HEAD);
        assertThat(compact.part("trunk.stem.weight")).isEqualTo(NetworkPart.TRUNK);
        assertThat(compact.part("head.fc1.weight")).isEqualTo(NetworkPart.HEAD);
        assertThat(prompted.description().block().namedParameters().keySet())
                .filteredOn(name -> prompted.part(name) == NetworkPart.VISION_TRANSFORMER)
                .isNotEmpty();
        assertThat(compact.description().block().namedParameters().keySet())
                .filteredOn(name -> compact.part(name) == NetworkPart.TRUNK)
                .isNotEmpty();
    }

    @Test
    void theSmallNetworkRefusesWhatConcernsText() {
        Path model = CompactFiles.write(folder.resolve("compact"));

        assertThatThrownBy(() -> design(model).load(settings(Optional.of(Prompt.SCORER))))
                .hasMessage(model + ": this model reads no text; leave out \"prompt\"");
        NetworkArchitecture named = NetworkArchitecture.of(ModelDirectory.open(
                model, Optional.empty(), Optional.of(Golden.mini().resolve("tokenizer.model"))));
        assertThatThrownBy(() -> named.load(settings(Optional.empty())))
                .hasMessage(model + ": this model reads no text; leave out \"tokenizer\"");
    }

    @Test
    void theSmallNetworkRefusesInt8() {
        Path model = CompactFiles.write(folder.resolve("compact"));

        assertThatThrownBy(() -> design(model).load(settings(Optional.empty(), Precision.INT8)))
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        e -> assertThat(e.setting()).contains("precision"))
                .hasMessage(model + ": the small network is not computed in int8; use the precision float32 or bf16");
    }

    @Test
    void eachSeesImagesInItsOwnWay() {
        RgbImage image = new RgbImage(90, 40, new byte[90 * 40 * 3]);

        assertThat(design(MINI).view().pixels(image).width()).isEqualTo(56);
        assertThat(design(CompactFiles.write(folder.resolve("compact"))).view().seen(image))
                .isSameAs(image);
    }

    @Test
    void whatACopyNeedsIsWritten() throws IOException {
        Path model = CompactFiles.write(folder.resolve("compact"));
        Path small = Files.createDirectory(folder.resolve("small"));
        Path large = Files.createDirectory(folder.resolve("large"));

        design(model).writeCompanions(small);
        design(MINI).writeCompanions(large);

        assertThat(small.toFile().list()).containsExactly("config.json");
        assertThat(small.resolve("config.json")).hasSameBinaryContentAs(model.resolve("config.json"));
        assertThat(large.toFile().list())
                .containsExactlyInAnyOrder("tokenizer.model", "config.json", "preprocessor_config.json");
        assertThat(large.resolve("tokenizer.model"))
                .hasSameBinaryContentAs(Golden.mini().resolve("tokenizer.model"));
        assertThat(design(model).readsText()).isFalse();
        assertThat(design(MINI).readsText()).isTrue();
    }

    private static NetworkSettings settings(Optional<Prompt> prompt) {
        return settings(prompt, Precision.FLOAT32);
    }

    private static NetworkSettings settings(Optional<Prompt> prompt, Precision precision) {
        return new NetworkSettings(prompt, Prompt.SCORER, precision, Device.CPU, new RandomStream(0));
    }

    private static NetworkArchitecture design(Path model) {
        return NetworkArchitecture.of(files(model));
    }

    private static ModelDirectory files(Path model) {
        return ModelDirectory.open(model, Optional.empty(), Optional.empty());
    }
}
