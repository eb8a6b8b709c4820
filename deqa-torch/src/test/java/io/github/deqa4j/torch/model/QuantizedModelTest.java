package io.github.deqa4j.torch.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.text.TokenIds;
import io.github.deqa4j.torch.GoldenModel;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.nn.Int8;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.Tensors;
import io.github.deqa4j.torch.nn.Weight;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** Scores of random models in 8-bit integers and in bfloat16, against those in float32. */
class QuantizedModelTest {
    private static final double MEAN = 0.02;
    private static final double GREATEST = 0.08;

    @Test
    void scoresOfTheMiniModelHardlyChange() {
        assertClose(GoldenModel.mini());
    }

    @Test
    void scoresOfTheExternalModelsHardlyChange() {
        assertThat(GoldenModel.external()).isNotEmpty().allSatisfy(QuantizedModelTest::assertClose);
    }

    /** What is left is the error of the weights. */
    @Test
    void inputsInTwoTermsAreNearlyExact() {
        GoldenModel golden = GoldenModel.mini();
        try (DeqaModel exact = load(golden, Precision.FLOAT32);
                DeqaModel rounded = rounded(exact);
                DeqaModel quantized = quantized(exact)) {
            double[] scores = scores(rounded, golden);
            double once = differences(scores, scores(quantized, golden)).getMax();
            quantized.quantizeInputs(2);
            double twice = differences(scores, scores(quantized, golden)).getMax();

            assertThat(once).isGreaterThan(1e-3);
            assertThat(twice).isLessThan(1e-3);
        }
    }

    @Test
    void aQuantizedModelGivesTheSameBitsTwice() {
        GoldenModel golden = GoldenModel.mini();
        try (DeqaModel exact = load(golden, Precision.FLOAT32);
                DeqaModel quantized = quantized(exact)) {
            assertThat(scores(quantized, golden)).containsExactly(scores(quantized, golden));
        }
    }

    private static void assertClose(GoldenModel golden) {
        try (DeqaModel exact = load(golden, Precision.FLOAT32);
                DeqaModel half = load(golden, Precision.BF16);
                DeqaModel quantized = quantized(exact)) {
            double[] scores = scores(exact, golden);
            for (DeqaModel model : new DeqaModel[] {half, quantized}) {
                DoubleSummaryStatistics differences = differences(scores, scores(model, golden));
                assertThat(differences.getAverage()).isPositive().isLessThan(MEAN);
                assertThat(differences.getMax()).isLessThan(GREATEST);
            }
        }
    }

    private static DoubleSummaryStatistics differences(double[] expected, double[] found) {
        DoubleSummaryStatistics differences = new DoubleSummaryStatistics();
        for (int i = 0; i < expected.length; i++) {
            differences.accept(Math.abs(found[i] - expected[i]));
        }
        return differences;
    }

    private static DeqaModel load(GoldenModel golden, Precision precision) {
        ModelDirectory files = ModelDirectory.open(golden.directory(), Optional.empty(), Optional.empty());
        return ModelLoader.load(new DeqaModel(ModelConfig.read(files.config())), files, precision, Device.CPU);
    }

    /** The same model with all linear layers quantized. */
    private static DeqaModel quantized(DeqaModel exact) {
        DeqaModel model = new DeqaModel(exact.config());
        model.quantize(name -> true);
        Map<String, Parameter> parameters = model.namedParameters();
        exact.namedParameters().forEach((name, source) -> {
            Parameter parameter = requireNonNull(parameters.get(name));
            if (parameter.quantized()) {
                Int8.Rows rows = Int8.quantize(source.value());
                parameter.bind(rows.steps());
                requireNonNull(parameters.get(name + Int8.SCALE)).bind(rows.scale());
            } else {
                parameter.bind(copy(source.value()), Precision.INT8, Device.CPU);
            }
        });
        return model;
    }

    /** The model that {@link #quantized} is, with products in float32. */
    private static DeqaModel rounded(DeqaModel exact) {
        Set<String> linears = exact.linears().keySet();
        DeqaModel model = new DeqaModel(exact.config());
        Map<String, Parameter> parameters = model.namedParameters();
        exact.namedParameters().forEach((name, source) -> {
            Parameter parameter = requireNonNull(parameters.get(name));
            if (linears.contains(name.replaceFirst("\\.weight$", ""))) {
                parameter.bind(restored(Int8.quantize(source.value())));
            } else {
                parameter.bind(copy(source.value()), Precision.INT8, Device.CPU);
            }
        });
        return model;
    }

    /** The numbers that 8-bit integers and their scales stand for. */
    private static Weight restored(Int8.Rows rows) {
        try (NativeScope scope = NativeScope.inference();
                Weight steps = rows.steps();
                Weight scale = rows.scale()) {
            return copy(steps.tensor().to(ScalarType.Float).mul(scale.tensor().unsqueeze(1)));
        }
    }

    private static Weight copy(Tensor value) {
        return Weight.over(Tensors.toBytes(value), ScalarType.Float, value.shape());
    }

    /** The scores of the golden images with the scorer's prompt. */
    private static double[] scores(DeqaModel model, GoldenModel golden) {
        int[] levels = Golden.ints(golden.expected().get("level_ids"));
        TokenIds prompt = prompt(golden);
        try (NativeScope scope = NativeScope.inference()) {
            Tensor pixels = Tensors.of(golden.tensor("pixel_values"), golden.shape("pixel_values"));
            Tensor all = model.forward(pixels, prompt.before(), prompt.after());
            Tensor last = all.select(1, all.size(1) - 1).to(ScalarType.Double);
            Tensor p = last.index_select(1, Tensors.indices(levels, last)).softmax(1);
            double[] values = Level.ALL.stream().mapToDouble(Level::value).toArray();
            return Tensors.toDoubles(p.matmul(Tensors.doubles(values)));
        }
    }

    private static TokenIds prompt(GoldenModel golden) {
        int[] ids = Golden.ints(golden.expected().get("prompt.scorer.ids"));
        int image = Arrays.stream(ids).boxed().toList().indexOf(TokenIds.IMAGE);
        return new TokenIds(Arrays.copyOf(ids, image), Arrays.copyOfRange(ids, image + 1, ids.length));
    }
}
