package io.github.deqa4j.torch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.ScoringException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.checkpoint.TorchZipWriter;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Weight;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checkpoints and adapters as other people's tools write them: variants of a very small model, {@code nano}, with the scores that
 * PyTorch, transformers and PEFT give.
 */
class ForeignFilesTest {
    private static final double TOLERANCE = 1e-5;
    private static final double NANO = 3.149957;
    private static final String HEAD = "lm_head.weight";
    private static final String PREFIX = "base_model.model.";

    @TempDir
    private Path folder;

    private Path nano;

    @BeforeEach
    void copyOfNano() throws IOException {
        nano = copy("nano");
        Files.copy(Golden.mini().resolve("tokenizer.model"), nano.resolve("tokenizer.model"));
    }

    @Test
    void nanoHasItsScore() {
        assertThat(score(nano)).isCloseTo(NANO, within(TOLERANCE));
    }

    @ParameterizedTest
    @CsvSource({"config-rope-parameters, 3.057483", "config-rope-scaling-default, 3.149957"})
    void configurationsAsTransformersWritesThem(String name, double expected) throws IOException {
        Files.copy(resource(name).resolve("config.json"), replaced("config.json"));

        assertThat(score(nano)).isCloseTo(expected, within(TOLERANCE));
    }

    @Test
    void tensorsThatAreNotStoredRowByRow() throws IOException {
        Files.delete(nano.resolve("model.safetensors"));
        Files.copy(resource("bin-transposed/pytorch_model.bin"), nano.resolve("pytorch_model.bin"));

        assertThat(score(nano)).isCloseTo(NANO, within(TOLERANCE));
    }

    @Test
    void aFloat8TensorIsNamedWithItsType() throws IOException {
        Files.delete(nano.resolve("model.safetensors"));
        Path weights = nano.resolve("pytorch_model.bin");
        Files.copy(resource("bin-float8-message/pytorch_model.bin"), weights);

        assertRefused(
                nano,
                weights
                        + ": the tensor \"model.layers.0.mlp.up_proj.weight\" is of type float8_e4m3fn, which is not read;"
                        + " convert it to float32, float16 or bfloat16");
    }

    @Test
    void float64IsRounded() {
        changeWeights(weights -> weights.put("model.norm.weight", doubles(tensor("model.norm.weight"))));
        assertThat(dtype("model.norm.weight")).isEqualTo(DType.F64);

        assertThat(score(nano)).isCloseTo(NANO, within(TOLERANCE));
        assertThat(score(ModelSource.directory(nano), ScorerSettings.defaults().withPrecision(Precision.BF16)))
                .isCloseTo(NANO, within(0.1));
    }

    @Test
    void wholeNumbersAreNoWeights() {
        changeWeights(weights -> weights.put(
                "model.norm.weight", new TensorSource(DType.I8, new long[] {16}, () -> ByteBuffer.allocate(16))));

        assertRefused(
                nano,
                nano.resolve("model.safetensors")
                        + ": the tensor \"model.norm.weight\" is of type I8, but config.json says that it is not quantized"
                        + " (\"quantization_config\"); the two are of different models");
    }

    @Test
    void aBufferThatTheIndexDoesNotName() throws IOException {
        NavigableMap<String, TensorSource> all = weights();
        String index = "{\"weight_map\":{"
                + all.keySet().stream()
                        .map(name -> "\"" + name + "\":\"one.safetensors\"")
                        .reduce((a, b) -> a + "," + b)
                        .orElseThrow()
                + "}}";
        all.put("model.layers.0.self_attn.rotary_emb.inv_freq", floats(new long[] {4}, 1, 2, 3, 4));
        SafetensorsWriter.write(nano.resolve("one.safetensors"), all);
        Files.writeString(nano.resolve("model.safetensors.index.json"), index);
        Files.delete(nano.resolve("model.safetensors"));

        assertThat(score(nano)).isCloseTo(NANO, within(TOLERANCE));
    }

    @Test
    void tiedEmbeddingsNeedNoHead() throws IOException {
        changeWeights(weights -> weights.remove(HEAD));
        assertRefused(nano, nano + ": the tensors do not fit config.json: 1 missing (lm_head.weight)");

        changeConfig(config -> config.put("tie_word_embeddings", true));
        assertThat(score(nano)).isCloseTo(4.562903, within(TOLERANCE));

        changeWeights(weights -> weights.put(HEAD, TensorSource.of(tensor("model.embed_tokens.weight"))));
        assertThat(score(nano)).isCloseTo(4.562903, within(TOLERANCE));
    }

    @Test
    void tiedEmbeddingsWithAnotherHeadAreRefused() throws IOException {
        changeConfig(config -> config.put("tie_word_embeddings", true));

        assertRefused(
                nano,
                nano.resolve("model.safetensors")
                        + ": the tensor \"lm_head.weight\" differs from \"model.embed_tokens.weight\", but config.json says"
                        + " that they are the same (\"tie_word_embeddings\"); set that to false to use both");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void weightsThatAreNotFiniteAreNamedWhenTheModelIsOpened(float value) {
        changeWeights(weights -> weights.put("model.vision_model.post_layernorm.bias", filled(value, 16)));

        assertThatThrownBy(() -> Scorers.open(ModelSource.directory(nano)))
                .isInstanceOf(ModelLoadException.class)
                .hasMessage(nano.resolve("model.safetensors")
                        + ": the tensor \"model.vision_model.post_layernorm.bias\" holds numbers that are infinite or NaN,"
                        + " so the network cannot score; the weights were damaged, or their training diverged");
    }

    @Test
    void aDoubleBeyondFloat32IsNotFinite() {
        changeWeights(weights -> weights.put("model.norm.weight", new TensorSource(DType.F64, new long[] {16}, () -> {
            ByteBuffer huge = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
            while (huge.hasRemaining()) {
                huge.putDouble(1e300);
            }
            return huge.flip();
        })));

        assertThatThrownBy(() -> Scorers.open(ModelSource.directory(nano)))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("model.safetensors: the tensor \"model.norm.weight\" holds numbers");
    }

    @Test
    void everyWeightCanBeCheckedLater() {
        ModelFiles files = ModelDirectory.open(nano, Optional.empty(), Optional.empty());
        try (LevelNetwork network = NetworkArchitecture.of(files)
                .load(new NetworkSettings(
                        Optional.empty(), Prompt.SCORER, Precision.FLOAT32, Device.CPU, new RandomStream(0)))) {
            ModelLoader.requireFinite(network.block(), files);

            Objects.requireNonNull(network.block().namedParameters().get("model.norm.weight"))
                    .bind(Weight.of(new float[] {Float.NaN, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 16));
            assertThatThrownBy(() -> ModelLoader.requireFinite(network.block(), files))
                    .isInstanceOf(UnusableModelException.class)
                    .hasMessageContaining("model.safetensors: the tensor \"model.norm.weight\" holds numbers");
        }
    }

    @Test
    void finiteWeightsThatOverflowGiveNoScore() {
        changeWeights(weights -> weights.put("model.norm.weight", filled(3e38f, 16)));

        assertThatThrownBy(() -> score(nano))
                .isExactlyInstanceOf(ScoringException.class)
                .hasMessageStartingWith(
                        "the network's answer to the image is not a finite number, although all its weights");
    }

    @ParameterizedTest
    @CsvSource({"lora-alpha-pattern, 3.524875", "lora-rank-pattern, 2.786372", "lora-without-trained-parts, 3.482301"})
    void adaptersAsPeftWritesThem(String name, double expected) throws IOException {
        assertThat(adapted(copy(name))).isCloseTo(expected, within(1e-4));
    }

    @Test
    void anAdapterMayBeOneSafetensorsFile() throws IOException {
        Path adapter = copy("lora-without-trained-parts");
        changeAdapter(adapter, tensors -> {});

        assertThat(adapted(adapter)).isCloseTo(3.482301, within(1e-4));
    }

    @Test
    void rankStabilizedScaleIsAlphaOverTheRootOfTheRank() throws IOException {
        Path adapter = copy("lora-without-trained-parts"); // α 4, r 2
        double twice = adapted(adapter);
        changeSettings(adapter, settings -> settings.put("use_rslora", true).put("lora_alpha", 4 / Math.sqrt(2)));

        assertThat(adapted(adapter)).isCloseTo(twice, within(1e-9));
    }

    @Test
    void theFirstPatternThatMatchesHolds() throws IOException {
        Path adapter = copy("lora-without-trained-parts");
        changeSettings(
                adapter,
                settings -> settings.put("lora_alpha", 400)
                        .putObject("alpha_pattern")
                        .put("proj", 9) // the end of a name counts from a dot on
                        .put(".*(q_proj|v_proj\\.multiway\\.\\d)", 4)
                        .put("q_proj", 500));

        assertThat(adapted(adapter)).isCloseTo(3.482301, within(1e-4));
    }

    @Test
    void modulesSavedInFullReplaceTheBase() throws IOException {
        Path adapter = copy("lora-without-trained-parts");
        double before = adapted(adapter);
        changeSettings(adapter, settings -> settings.putArray("modules_to_save").add("lm_head"));
        assertAdapterRefused(
                adapter,
                adapter
                        + ": these tensors are of \"modules_to_save\" in adapter_config.json, but are not in the adapter:"
                        + " \"lm_head.weight\"");

        changeAdapter(
                adapter, tensors -> tensors.put(PREFIX + HEAD, TensorSource.of(tensor("model.embed_tokens.weight"))));
        assertThat(adapted(adapter)).isNotCloseTo(before, within(1e-3));

        changeWeights(weights -> weights.put(HEAD, TensorSource.of(tensor("model.embed_tokens.weight"))));
        double expected = adapted(adapter);
        changeSettings(adapter, settings -> settings.putArray("modules_to_save"));
        Files.delete(adapter.resolve("adapter_model.safetensors"));
        assertThat(adapted(adapter)).isEqualTo(expected);
    }

    @Test
    void anUnknownModuleToSaveIsNamed() throws IOException {
        Path adapter = copy("lora-without-trained-parts");
        changeSettings(adapter, settings -> settings.putArray("modules_to_save").add("score"));

        assertAdapterRefused(
                adapter,
                adapter
                        + ": these modules are in \"modules_to_save\" in adapter_config.json, but the base has no tensors of"
                        + " them: \"score\"");
    }

    @Test
    void pairsAndTargetsMustAgree() throws IOException {
        Path adapter = copy("lora-without-trained-parts");
        changeSettings(adapter, settings -> settings.put("target_modules", ".*\\.q_proj"));
        assertAdapterRefused(
                adapter,
                adapter + ": these layers have a pair in the adapter, but are not among \"target_modules\" in"
                        + " adapter_config.json: \"model.layers.0.self_attn.v_proj.multiway.1\","
                        + " \"model.layers.1.self_attn.v_proj.multiway.1\"");

        changeSettings(adapter, settings -> settings.put("target_modules", ".*(q_proj|v_proj\\.multiway\\.\\d)"));
        assertAdapterRefused(
                adapter,
                adapter + ": these layers are among \"target_modules\" in adapter_config.json, but have no pair in the"
                        + " adapter: \"model.layers.0.self_attn.v_proj.multiway.0\","
                        + " \"model.layers.1.self_attn.v_proj.multiway.0\"");

        changeSettings(adapter, settings -> settings.put("exclude_modules", ".*multiway\\.0"));
        assertThat(adapted(adapter)).isCloseTo(3.482301, within(1e-4));
    }

    @Test
    void layersByTheirNumberMustAgreeToo() throws IOException {
        Path adapter = copy("lora-without-trained-parts");
        changeSettings(adapter, settings -> settings.put("layers_to_transform", 1));
        assertAdapterRefused(
                adapter,
                adapter + ": these layers have a pair in the adapter, but are not among \"target_modules\" in"
                        + " adapter_config.json: \"model.layers.0.self_attn.q_proj\","
                        + " \"model.layers.0.self_attn.v_proj.multiway.1\"");

        changeSettings(
                adapter,
                settings -> settings.put("layers_pattern", "layers")
                        .putArray("layers_to_transform")
                        .add(0)
                        .add(1));
        assertThat(adapted(adapter)).isCloseTo(3.482301, within(1e-4));
    }

    @Test
    void whatWasTrainedBesideAnAdapterMustBeThere() throws IOException {
        Path adapter = copy("lora-without-trained-parts");
        Files.copy(nano.resolve("config.json"), adapter.resolve("config.json"));
        assertThat(adapted(adapter)).isCloseTo(3.482301, within(1e-4));

        changeJson(adapter.resolve("config.json"), config -> config.put("tune_visual_abstractor", true));
        assertAdapterRefused(
                adapter,
                adapter + ": there is no non_lora_trainables.bin, but config.json says that the vision model or the"
                        + " abstractor was trained with this adapter (\"freeze_vision_model\", \"tune_visual_abstractor\");"
                        + " put that file there, too");

        TorchZipWriter.write(adapter.resolve("non_lora_trainables.bin"), Map.of());
        assertThat(adapted(adapter)).isCloseTo(3.482301, within(1e-4));
    }

    @Test
    void anAdapterThatIsNotFiniteIsNamed() throws IOException {
        Path adapter = copy("lora-without-trained-parts");
        changeAdapter(
                adapter,
                tensors -> tensors.put(
                        PREFIX + "model.layers.0.self_attn.q_proj.lora_B.weight",
                        floats(new long[] {16, 2}, new float[] {
                            Float.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                            0, 0, 0, 0
                        })));

        assertThatThrownBy(() -> adapted(adapter))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageStartingWith(nano.resolve("model.safetensors") + " or "
                        + adapter.resolve("adapter_model.safetensors")
                        + ": the tensor \"model.layers.0.self_attn.q_proj.weight\" holds numbers that are infinite");
    }

    private double adapted(Path adapter) {
        return score(ModelSource.adapter(adapter, nano), ScorerSettings.defaults());
    }

    private static double score(Path model) {
        return score(ModelSource.directory(model), ScorerSettings.defaults());
    }

    private static double score(ModelSource.Directory source, ScorerSettings settings) {
        ModelSource.Directory withTokenizer = source.withTokenizer(Golden.mini().resolve("tokenizer.model"));
        try (Scorer scorer = Scorers.open(withTokenizer, settings)) {
            return scorer.score(resource("picture.png")).score();
        }
    }

    private static void assertRefused(Path model, String message) {
        assertThatThrownBy(() -> score(model)).isInstanceOf(DeqaException.class).hasMessage(message);
    }

    private void assertAdapterRefused(Path adapter, String message) {
        assertThatThrownBy(() -> adapted(adapter))
                .isInstanceOf(DeqaException.class)
                .hasMessage(message);
    }

    private void changeConfig(Consumer<ObjectNode> change) throws IOException {
        changeJson(nano.resolve("config.json"), change);
    }

    private static void changeSettings(Path adapter, Consumer<ObjectNode> change) throws IOException {
        changeJson(adapter.resolve("adapter_config.json"), change);
    }

    private static void changeJson(Path file, Consumer<ObjectNode> change) throws IOException {
        ObjectNode root = (ObjectNode) Golden.json(file);
        change.accept(root);
        new ObjectMapper().writeValue(file.toFile(), root);
    }

    private void changeWeights(Consumer<NavigableMap<String, TensorSource>> change) {
        NavigableMap<String, TensorSource> weights = weights();
        change.accept(weights);
        SafetensorsWriter.write(nano.resolve("model.safetensors"), weights);
    }

    private NavigableMap<String, TensorSource> weights() {
        return sources(Checkpoint.open(nano));
    }

    /** Writes the adapter's pairs and whatever else to a safetensors file, which is read instead of PyTorch's. */
    private static void changeAdapter(Path adapter, Consumer<NavigableMap<String, TensorSource>> change) {
        NavigableMap<String, TensorSource> tensors = sources(Checkpoint.openFile(adapter.resolve("adapter_model.bin")));
        change.accept(tensors);
        SafetensorsWriter.write(adapter.resolve("adapter_model.safetensors"), tensors);
    }

    private static NavigableMap<String, TensorSource> sources(Checkpoint checkpoint) {
        NavigableMap<String, TensorSource> sources = new TreeMap<>();
        checkpoint.tensors().forEach((name, entry) -> sources.put(name, TensorSource.of(entry)));
        return sources;
    }

    private TensorEntry tensor(String name) {
        return Objects.requireNonNull(
                Checkpoint.openFile(nano.resolve("model.safetensors")).tensors().get(name));
    }

    private DType dtype(String name) {
        return tensor(name).dtype();
    }

    private static TensorSource filled(float value, int count) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return floats(new long[] {count}, values);
    }

    private static TensorSource floats(long[] shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return new TensorSource(DType.F32, shape, bytes::flip);
    }

    private static TensorSource doubles(TensorEntry entry) {
        float[] values = entry.toFloats();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putDouble(value);
        }
        return new TensorSource(DType.F64, entry.shape(), bytes::flip);
    }

    private Path replaced(String name) throws IOException {
        Files.delete(nano.resolve(name));
        return nano.resolve(name);
    }

    private Path copy(String name) throws IOException {
        Path to = Files.createDirectory(folder.resolve(name));
        try (Stream<Path> files = Files.list(resource(name))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(ForeignFilesTest.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
