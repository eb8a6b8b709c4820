package io.github.deqa4j.torch.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.GoldenModel;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelInspector;
import io.github.deqa4j.torch.load.ModelReport;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizerTest {
    private static final Path MINI = Golden.mini().resolve("model");
    private static final Path LORA = Golden.mini().resolve("model-lora");
    private static final Path TOKENIZER = Golden.mini().resolve("tokenizer.model");
    private static final String LAYER = "model.layers.1.mlp.down_proj";
    private static final ScorerSettings INT8 = ScorerSettings.defaults().withPrecision(Precision.INT8);

    @TempDir
    Path folder;

    @Test
    void aQuantizedCopyScoresAsItsOriginalQuantizedWhileLoading() {
        Path copy = quantized(files(MINI, Optional.empty()), 1);

        List<QualityScore> expected = scores(ModelSource.directory(MINI), INT8);
        assertThat(scores(ModelSource.directory(copy), ScorerSettings.defaults()))
                .isEqualTo(expected)
                .isNotEqualTo(scores(ModelSource.directory(MINI), ScorerSettings.defaults()));
        assertThat(scores(ModelSource.directory(copy), INT8)).isEqualTo(expected);
        assertThat(Scorers.identify(source(copy), ScorerSettings.defaults()).precision())
                .isEqualTo("int8");
    }

    @Test
    void anAdapterIsMergedBeforeQuantizing() {
        Path copy = quantized(files(LORA, Optional.of(MINI)), 1);

        assertThat(scores(ModelSource.directory(copy), ScorerSettings.defaults()))
                .isEqualTo(scores(ModelSource.adapter(LORA, MINI), INT8));
    }

    @Test
    void layersThatLoseTooMuchAreKept() {
        QuantizationReport all = write(files(MINI, Optional.empty()), 1, folder.resolve("all"));
        double middle = all.layers().get(all.layers().size() / 2).meanLoss();

        QuantizationReport half = write(files(MINI, Optional.empty()), middle, folder.resolve("half"));

        assertThat(all.kept()).isEmpty();
        assertThat(half.kept()).hasSize(all.layers().size() / 2);
        assertThat(half.layers()).allSatisfy(layer -> {
            assertThat(layer.kept()).isEqualTo(layer.meanLoss() > middle);
            assertThat(layer.meanLoss()).isBetween(0.001, 0.05);
            assertThat(layer.worstLoss()).isGreaterThanOrEqualTo(layer.meanLoss());
        });
        ModelFiles files = files(folder.resolve("half"), Optional.empty());
        ModelReport report =
                ModelInspector.inspect(files, NetworkArchitecture.of(files).description());
        assertThat(report.agrees()).isTrue();
        assertThat(report.quantizedLayers())
                .isEqualTo(all.layers().size() - half.kept().size());
        assertThat(report.keptLayers()).containsAll(half.kept()).contains("lm_head");
        Checkpoint checkpoint = files.checkpoint();
        half.layers()
                .forEach(layer -> assertThat(dtype(checkpoint, layer.layer() + ".weight"))
                        .isEqualTo(layer.kept() ? DType.BF16 : DType.I8));
        assertThat(scores(ModelSource.directory(folder.resolve("half")), INT8))
                .isNotEqualTo(scores(ModelSource.directory(MINI), INT8));
    }

    @Test
    void whatIsInterruptedLeavesNothing() throws IOException {
        Quantizer quantizer = new Quantizer(files(MINI, Optional.empty()), settings(1), (unit, steps) -> () -> {
            if (unit.equals("tensors")) {
                throw new IllegalStateException("stopped");
            }
        });

        assertThatThrownBy(() -> quantizer.write(folder.resolve("copy"))).hasMessage("stopped");

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anExistingDirectoryIsRefused() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Files.writeString(copy.resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> quantized(files(MINI, Optional.empty()), 1))
                .isInstanceOf(DeqaException.class)
                .hasMessage(copy + ": there are files here already; name another folder to write to");
    }

    @Test
    void aQuantizedModelRefusesWhatIsNotPossible() {
        Path copy = quantized(files(MINI, Optional.empty()), 1);

        assertThatThrownBy(() ->
                        Scorers.open(source(copy), ScorerSettings.defaults().withPrecision(Precision.BF16)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        copy + ": the weights of this model are 8-bit integers, so the precision cannot be bf16; set"
                                + " it to int8, or use the model that was quantized");
        assertThatThrownBy(() -> quantized(files(copy, Optional.empty()), 1))
                .isInstanceOf(DeqaException.class)
                .hasMessage(copy + ": this model is quantized already; name the model that it was made from");
        assertThatThrownBy(() -> Scorers.open(ModelSource.adapter(LORA, copy).withTokenizer(TOKENIZER)))
                .isInstanceOf(DeqaException.class);
    }

    @Test
    void damagedTensorsAreRefusedByName() {
        String weight = LAYER + ".weight";
        String scale = weight + "_scale";

        assertDamaged(tensors -> tensors.remove(scale), "1 missing (" + scale + ")");
        assertDamaged(
                tensors -> tensors.put(scale, floats(1, 2)),
                "1 of the wrong shape (" + scale + " [2] instead of [32])");
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertDamaged(
                    tensors -> tensors.put(scale, scales(bad)),
                    "the tensor \"" + scale + "\" holds numbers that are infinite or NaN");
        }
        for (float bad : new float[] {0, -1}) {
            assertDamaged(
                    tensors -> tensors.put(scale, scales(bad)),
                    "the tensor \"" + scale + "\" holds numbers that are zero or negative, which no scale is");
        }
        assertDamaged(
                tensors -> tensors.put(
                        weight,
                        new TensorSource(
                                DType.I8,
                                new long[] {32, 48},
                                () -> ByteBuffer.allocate(32 * 48).put(5, (byte) -128))),
                "the tensor \"" + weight + "\" holds -128");
        assertDamaged(
                tensors -> tensors.put(
                        weight,
                        new TensorSource(DType.BF16, new long[] {32, 48}, () -> ByteBuffer.allocate(32 * 48 * 2))),
                "the tensor \"" + weight + "\" is of type BF16, but config.json says that it is quantized");
    }

    @Test
    void layersThatDoNotExistCannotBeKept() throws IOException {
        Path copy = quantized(files(MINI, Optional.empty()), 1);
        Path config = copy.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"lm_head\"", "\"lm_haed\""));

        assertThatThrownBy(() -> Scorers.open(source(copy)))
                .hasMessage(
                        copy + ": config.json names \"lm_haed\" in \"modules_to_not_convert\", but the network has no"
                                + " such layer; the file is of another model");
    }

    private void assertDamaged(Consumer<Map<String, TensorSource>> damage, String problem) {
        Path copy = folder.resolve("copy");
        if (!Files.exists(copy)) {
            quantized(files(MINI, Optional.empty()), 1);
        }
        Path damaged = folder.resolve("damaged");
        try {
            Files.createDirectories(damaged);
            Files.write(damaged.resolve("config.json"), Files.readAllBytes(copy.resolve("config.json")));
            Files.write(
                    damaged.resolve("preprocessor_config.json"),
                    Files.readAllBytes(copy.resolve("preprocessor_config.json")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Map<String, TensorSource> tensors = new TreeMap<>();
        Checkpoint.open(copy).tensors().forEach((name, entry) -> tensors.put(name, TensorSource.of(entry)));
        damage.accept(tensors);
        SafetensorsWriter.write(damaged.resolve("model.safetensors"), tensors);
        assertThatThrownBy(() -> Scorers.open(source(damaged)))
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining(problem);
    }

    private static TensorSource scales(float last) {
        float[] scales = new float[32];
        java.util.Arrays.fill(scales, 1);
        scales[31] = last;
        return floats(scales);
    }

    private static TensorSource floats(float... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return new TensorSource(DType.F32, new long[] {values.length}, () -> buffer);
    }

    private Path quantized(ModelFiles files, double largestLoss) {
        Path copy = folder.resolve("copy");
        write(files, largestLoss, copy);
        return copy;
    }

    private static QuantizationReport write(ModelFiles files, double largestLoss, Path copy) {
        return new Quantizer(files, settings(largestLoss), (unit, steps) -> () -> {}).write(copy);
    }

    private static QuantizerSettings settings(double largestLoss) {
        return new QuantizerSettings(
                GoldenModel.mini().imageFiles().stream().map(EncodedImage::of).toList(), largestLoss);
    }

    private static ModelFiles files(Path model, Optional<Path> base) {
        return ModelDirectory.open(model, base, Optional.of(TOKENIZER));
    }

    private static ModelSource.Directory source(Path model) {
        return ModelSource.directory(model).withTokenizer(TOKENIZER);
    }

    private static List<QualityScore> scores(ModelSource.Directory source, ScorerSettings settings) {
        try (Scorer scorer = Scorers.open(source.withTokenizer(TOKENIZER), settings)) {
            return GoldenModel.mini().imageFiles().stream().map(scorer::score).toList();
        }
    }

    private static DType dtype(Checkpoint checkpoint, String name) {
        return java.util.Objects.requireNonNull(checkpoint.tensors().get(name)).dtype();
    }
}
