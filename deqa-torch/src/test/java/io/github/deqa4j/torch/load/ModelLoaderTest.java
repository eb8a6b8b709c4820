package io.github.deqa4j.torch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.GoldenModel;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Linear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoaderTest {
    private static final Path MINI = Golden.mini().resolve("model");
    private static final Path LORA = Golden.mini().resolve("model-lora");

    @TempDir
    Path folder;

    @Test
    void theDirectoryOfARunPointsToItsModel() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(Files.createDirectories(run.resolve("model")).resolve("config.json"), "{}");
        assertThatThrownBy(() -> ModelDirectory.open(run, Optional.empty(), Optional.empty()))
                .isInstanceOf(DeqaException.class)
                .hasMessage(run + ": there is no config.json here, so this is no model; a model is a directory with"
                        + " config.json and weights; did you mean " + run.resolve("model") + "?");
    }

    @Test
    void aMissingDirectoryOfTwoWordsMayBeARepository() {
        Path name = Path.of("owner", "name");
        assertThatThrownBy(() -> ModelDirectory.open(name, Optional.empty(), Optional.empty()))
                .hasMessage(name + ": there is no such directory; a model is a directory with config.json and weights;"
                        + " a model of the Hugging Face hub is named hub:owner/name");
        Path absolute = folder.resolve("name");
        assertThatThrownBy(() -> ModelDirectory.open(absolute, Optional.empty(), Optional.empty()))
                .hasMessage(
                        absolute + ": there is no such directory; a model is a directory with config.json and weights");
    }

    @Test
    void safetensorsAndShardsGiveTheSameBits() throws IOException {
        Path safetensors = copy(MINI, "safetensors", name -> !name.endsWith(".bin") && !name.endsWith(".index.json"));
        Path shards = copy(MINI, "shards", name -> !name.endsWith(".safetensors"));

        assertThat(scores(ModelSource.directory(shards))).isEqualTo(scores(ModelSource.directory(safetensors)));
    }

    @Test
    void missingAndUnknownTensorsAreListed() throws IOException {
        Path model = copy(MINI, "model", name -> true);
        replace(model.resolve("config.json"), "\"num_hidden_layers\": 3", "\"num_hidden_layers\": 2");

        assertThatThrownBy(() -> Scorers.open(ModelSource.directory(model)))
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith(model + ": the tensors do not fit config.json: 13 unknown (model.layers.2.")
                .hasMessageContaining("model.layers.2.self_attn.v_proj.multiway.0.weight");

        Path deeper = copy(MINI, "deeper", name -> true);
        replace(deeper.resolve("config.json"), "\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4");
        assertThatThrownBy(() -> Scorers.open(ModelSource.directory(deeper)))
                .hasMessageStartingWith(deeper + ": the tensors do not fit config.json: 13 missing (model.layers.3.")
                .hasMessageContaining("and 1 more");
    }

    @Test
    void tensorsOfTheWrongShapeAreListedWithBothShapes() throws IOException {
        Path model = copy(MINI, "model", name -> true);
        replace(model.resolve("config.json"), "\"vocab_size\": 448", "\"vocab_size\": 449");

        assertThatThrownBy(() -> Scorers.open(ModelSource.directory(model)))
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        model + ": the tensors do not fit config.json: 2 of the wrong shape (lm_head.weight [448, 32] "
                                + "instead of [449, 32], model.embed_tokens.weight [448, 32] instead of [449, 32])");
    }

    @Test
    void aRankThatTheAdapterDoesNotHaveIsRefused() throws IOException {
        Path adapter = copy(LORA, "adapter", name -> true);
        replace(adapter.resolve("adapter_config.json"), "\"r\": 4", "\"r\": 5");

        assertThatThrownBy(() -> Scorers.open(ModelSource.adapter(adapter, MINI)))
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith(
                        adapter
                                + ": these tensors of the adapter do not have the shape that the weight and \"r\" or \"rank_pattern\" ask for: \"base_model.model.");
    }

    @Test
    void anAdapterOfAnotherKindIsRefused() throws IOException {
        Path adapter = copy(LORA, "adapter", name -> true);
        Path config = adapter.resolve("adapter_config.json");
        replace(config, "\"peft_type\": \"LORA\"", "\"peft_type\": \"IA3\"");

        assertThatThrownBy(() -> Scorers.open(ModelSource.adapter(adapter, MINI)))
                .hasMessage(config + ": \"peft_type\" is \"IA3\"; it must be \"LORA\", which alone is supported");
    }

    @Test
    void adapterAndBaseGoTogether() {
        assertThatThrownBy(() -> Scorers.open(ModelSource.directory(LORA)))
                .hasMessage(
                        LORA + ": this is a LoRA adapter; set \"base\" to the directory of the model that it adapts");
        assertThatThrownBy(() -> ModelDirectory.open(MINI, Optional.of(MINI), Optional.empty()))
                .hasMessageStartingWith(MINI + ": there is no adapter_config.json");
    }

    @Test
    void imageSizesOfTheTwoConfigurationsMustAgree() throws IOException {
        Path model = copy(MINI, "model", name -> true);
        replace(model.resolve("preprocessor_config.json"), "56", "70");

        assertThatThrownBy(() -> Scorers.open(ModelSource.directory(model)))
                .hasMessage(model + ": preprocessor_config.json makes images of 70 pixels, but config.json wants "
                        + "\"image_size\" 56; they must be equal");
    }

    @Test
    void largeWeightsAreLoadedBeforeSmallOnesSoThatNoGapsAreLeft() {
        Block block = new TwoSizes();

        assertThat(ModelLoader.largestFirst(block.namedParameters()))
                .containsExactly("b.weight", "d.weight", "a.weight", "c.weight");
    }

    private static final class TwoSizes extends Block {
        TwoSizes() {
            child("a", Linear.withoutBias(2, 3));
            child("b", Linear.withoutBias(20, 30));
            child("c", Linear.withoutBias(3, 2));
            child("d", Linear.withoutBias(20, 30));
        }
    }

    @Test
    void theReportCountsEveryWeight() {
        ModelDirectory files = ModelDirectory.open(MINI, Optional.empty(), Optional.empty());
        ModelReport report =
                ModelInspector.inspect(files, NetworkArchitecture.of(files).description());

        assertThat(report.agrees()).isTrue();
        assertThat(report.format()).isEqualTo("safetensors");
        assertThat(report.bytes()).isEqualTo(2 * report.parameters());
        assertThat(report.parametersByPart().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(report.parameters());
    }

    private static List<QualityScore> scores(ModelSource source) {
        try (Scorer scorer = Scorers.open(source)) {
            return GoldenModel.mini().imageFiles().stream().map(scorer::score).toList();
        }
    }

    private Path copy(Path from, String name, java.util.function.Predicate<String> wanted) throws IOException {
        Path to = Files.createDirectory(folder.resolve(name));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String fileName = String.valueOf(file.getFileName());
                if (wanted.test(fileName)) {
                    Files.copy(file, to.resolve(fileName));
                }
            }
        }
        Files.copy(Golden.mini().resolve("tokenizer.model"), to.resolve("tokenizer.model"));
        return to;
    }

    private static void replace(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
