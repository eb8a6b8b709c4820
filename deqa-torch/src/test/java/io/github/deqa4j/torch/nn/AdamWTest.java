package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.like;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.MiniBatch;
import io.github.deqa4j.torch.load.TensorFile;
import io.github.deqa4j.torch.model.DeqaModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The optimizer, the averaged weights and the gradients, alone and on the mini model. */
class AdamWTest {
    private static final MiniBatch BATCH = new MiniBatch();

    @TempDir
    private Path directory;

    @Test
    void theFirstStepIsTheLearningRateAgainstTheGradientsSign() {
        try (Parameter weight = weight(1, -2, 3);
                AdamW adamW = new AdamW(Map.of("w", weight), AdamWSettings.released())) {
            slope(weight, 4, -5, 0);
            adamW.step(name -> 0.1);

            assertThat(Tensors.toFloats(weight.value())).containsExactly(new float[] {0.9f, -1.9f, 3}, within(1e-6f));
            assertThat(adamW.steps()).isEqualTo(1);
        }
    }

    @Test
    void severalStepsFollowTheEquations() {
        AdamWSettings settings = new AdamWSettings(0.8, 0.9, 1e-3, 0.1, true);
        double value = 2;
        double mean = 0;
        double square = 0;
        try (Parameter weight = Parameter.stored(new long[] {1, 1})) {
            weight.bind(Weight.of(new float[] {(float) value}, 1, 1));
            weight.requireGradient(true);
            try (AdamW adamW = new AdamW(Map.of("w", weight), settings)) {
                for (int t = 1; t <= 5; t++) {
                    double g = t - 2.5;
                    weight.clearGradient();
                    slope(weight, g);
                    adamW.step(name -> 0.05);

                    mean = 0.8 * mean + 0.2 * g;
                    square = 0.9 * square + 0.1 * g * g;
                    value -= 0.05 * 0.1 * value;
                    value -= 0.05
                            * (mean / (1 - Math.pow(0.8, t)))
                            / (Math.sqrt(square / (1 - Math.pow(0.9, t))) + 1e-3);
                    assertThat(Tensors.toFloats(weight.value())[0]).isCloseTo((float) value, within(1e-5f));
                }
            }
        }
    }

    @Test
    void decaySparesVectors() {
        AdamWSettings settings = new AdamWSettings(0.9, 0.999, 1e-8, 0.5, true);
        try (Parameter weight = weight(4);
                AdamW adamW = new AdamW(Map.of("w", weight), settings)) {
            slope(weight, 0);
            adamW.step(name -> 0.1);

            assertThat(Tensors.toFloats(weight.value())).containsExactly(4);
        }
    }

    @Test
    void aParameterWithoutGradientStays() {
        try (Parameter weight = weight(4);
                AdamW adamW = new AdamW(Map.of("w", weight), AdamWSettings.released())) {
            adamW.step(name -> 0.1);

            assertThat(Tensors.toFloats(weight.value())).containsExactly(4);
        }
    }

    @Test
    void eachParameterHasItsOwnLearningRate() {
        try (Parameter a = weight(1);
                Parameter b = weight(1);
                AdamW adamW = new AdamW(Map.of("a", a, "b", b), AdamWSettings.released())) {
            slope(a, 1);
            slope(b, 1);
            adamW.step(name -> name.equals("a") ? 0.5 : 0);

            assertThat(Tensors.toFloats(a.value())[0]).isCloseTo(0.5f, within(1e-6f));
            assertThat(Tensors.toFloats(b.value())[0]).isEqualTo(1);
        }
    }

    @Test
    void smallStepsOfBf16WeightsAreNotLostWithMasterWeights() {
        assertThat(afterSmallSteps(true)).isLessThan(1);
        assertThat(afterSmallSteps(false)).isEqualTo(1);
    }

    @Test
    void aRestoredRunGoesOnBitForBit() {
        resumes(Precision.FLOAT32);
    }

    @Test
    void aRestoredBf16RunGoesOnBitForBit() {
        resumes(Precision.BF16);
    }

    @Test
    void stateOfAnotherModelIsRefused() {
        try (Parameter weight = weight(1, 2);
                Parameter other = weight(1);
                AdamW adamW = new AdamW(Map.of("w", weight), AdamWSettings.released());
                AdamW renamed = new AdamW(Map.of("v", weight), AdamWSettings.released());
                AdamW reshaped = new AdamW(Map.of("w", other), AdamWSettings.released())) {
            assertThatThrownBy(() -> adamW.restore(1, renamed.state()))
                    .isInstanceOf(DeqaException.class)
                    .hasMessage(
                            "the saved state of the optimizer and the training differ in 4 tensors, such as exp_avg.v; go"
                                    + " on with the model and the settings that it was saved with");
            assertThatThrownBy(() -> adamW.restore(1, reshaped.state()))
                    .isInstanceOf(DeqaException.class)
                    .hasMessage(
                            "the saved state of the optimizer has another shape in exp_avg.w; go on with the model that"
                                    + " it was saved with");
        }
    }

    @Test
    void settingsOutsideTheirRangesAreRefused() {
        assertThatThrownBy(() -> new AdamWSettings(1, 0.9, 1e-8, 0, true))
                .isInstanceOf(DeqaException.class)
                .hasMessage("AdamW's beta1 is 1.0; it must be in [0, 1)");
        assertThatThrownBy(() -> new AdamWSettings(0.9, 0.9, 0, 0, true))
                .hasMessage("AdamW's eps is 0.0; it must be above 0");
        assertThatThrownBy(() -> new AdamWSettings(0.9, 0.9, 1e-8, -1, true))
                .hasMessage("AdamW's weight decay is -1.0; it must be 0 or more");
    }

    @Test
    void averagesFollowTheWeightsAndComeBack() {
        try (Parameter weight = weight(1);
                AveragedWeights averages = new AveragedWeights(Map.of("w", weight), name -> weight.value(), 0.75)) {
            set(weight, 5);
            averages.update();
            float during = averages.during(() -> Tensors.toFloats(weight.value())[0]);

            assertThat(during).isEqualTo(1 + 0.25f * 4);
            assertThat(Tensors.toFloats(weight.value())[0]).isEqualTo(5);
            assertThatThrownBy(() -> new AveragedWeights(Map.of("w", weight), name -> weight.value(), 1))
                    .hasMessage("the decay of averaged weights is 1.0; it must lie between 0 and 1");
        }
    }

    /** Expected values: AveragedModel with get_ema_multi_avg_fn(0.5) over float32 weights and AdamW, PyTorch 2.13. */
    @Test
    void averagesOfBf16WeightsAreThoseOfTheirFloat32Originals() {
        try (Parameter weight = Parameter.stored(new long[] {3})) {
            weight.bind(Weight.of(new float[] {1, -0.5f, 0.001f}, 3).to(Precision.BF16, Device.CPU));
            weight.requireGradient(true);
            Map<String, Parameter> trained = Map.of("w", weight);
            try (AdamW adamW = new AdamW(trained, AdamWSettings.released());
                    AveragedWeights averages = new AveragedWeights(trained, adamW::original, 0.5)) {
                for (int i = 0; i < 3; i++) {
                    weight.clearGradient();
                    slope(weight, 1, 1, 1);
                    adamW.step(name -> 1e-3);
                    averages.update();
                }
                Weight average = Objects.requireNonNull(averages.state().get("w"));

                assertThat(Tensors.toFloats(average.tensor()))
                        .containsExactly(new float[] {0.997875f, -0.502125f, -0.001125f}, within(2e-6f));
            }
        }
    }

    @Test
    void clippingShrinksAllGradientsTogether() {
        try (Parameter a = weight(1, 1);
                Parameter b = weight(1)) {
            slope(a, 3, 0);
            slope(b, 4);
            Gradients gradients = new Gradients(Map.of("a", a, "b", b));

            assertThat(gradients.norms()).containsExactly(Map.entry("a", 3.0), Map.entry("b", 4.0));
            assertThat(gradients.clip(10)).isEqualTo(5);
            assertThat(gradients.clip(1)).isEqualTo(5);
            assertThat(gradients.norm()).isCloseTo(1, within(1e-5));
            assertThat(gradients.norms().get("b")).isCloseTo(0.8, within(1e-5));

            gradients.clear();
            assertThat(gradients.norm()).isZero();
        }
    }

    private void resumes(Precision precision) {
        Path weights = directory.resolve("weights.safetensors");
        Path state = directory.resolve("state.safetensors");
        NavigableMap<String, float[]> expected;
        try (DeqaModel model = trained(precision);
                AdamW adamW = new AdamW(model.trainedParameters(), AdamWSettings.released())) {
            steps(model, adamW, 2);
            TensorFile.write(weights, tensors(model.trainedParameters()));
            TensorFile.write(state, stateTensors(adamW));
            steps(model, adamW, 2);
            expected = values(model);
        }
        try (DeqaModel model = trained(precision);
                AdamW adamW = new AdamW(model.trainedParameters(), AdamWSettings.released())) {
            TensorFile.read(weights).forEach((name, weight) -> copy(weight, parameter(model, name)));
            NavigableMap<String, Weight> saved = TensorFile.read(state);
            adamW.restore(2, saved);
            saved.values().forEach(Weight::close);
            steps(model, adamW, 2);

            values(model).forEach((name, value) -> assertThat(value).as(name).isEqualTo(expected.get(name)));
        }
    }

    private static DeqaModel trained(Precision precision) {
        DeqaModel model = MiniBatch.load(precision);
        model.setTrained(name -> true);
        return model;
    }

    private static void steps(DeqaModel model, AdamW adamW, int count) {
        for (int i = 0; i < count; i++) {
            BATCH.gradients(model);
            adamW.step(name -> 1e-3);
            model.trainedParameters().values().forEach(Parameter::clearGradient);
        }
    }

    private static float afterSmallSteps(boolean masterWeights) {
        AdamWSettings settings = new AdamWSettings(0.9, 0.999, 1e-8, 0, masterWeights);
        try (Parameter weight = Parameter.stored(new long[] {1})) {
            weight.bind(Weight.of(new float[] {1}, 1).to(Precision.BF16, Device.CPU));
            weight.requireGradient(true);
            try (AdamW adamW = new AdamW(Map.of("w", weight), settings)) {
                for (int i = 0; i < 20; i++) {
                    weight.clearGradient();
                    slope(weight, 1);
                    adamW.step(name -> 1e-3);
                }
            }
            return Tensors.toFloats(weight.value())[0];
        }
    }

    private static Parameter weight(float... values) {
        Parameter parameter = Parameter.stored(new long[] {values.length});
        parameter.bind(Weight.of(values, values.length));
        parameter.requireGradient(true);
        return parameter;
    }

    /** Gives a parameter the gradient of Σ g·w. */
    private static void slope(Parameter parameter, double... g) {
        float[] values = new float[g.length];
        for (int i = 0; i < g.length; i++) {
            values[i] = (float) g[i];
        }
        try (NativeScope scope = NativeScope.training()) {
            Tensor factors = like(Tensors.of(values, parameter.shape()), parameter.value());
            Gradients.backward(parameter.value().mul(factors).sum());
        }
    }

    private static void set(Parameter parameter, float value) {
        try (NativeScope scope = NativeScope.update()) {
            parameter.value().copy_(Tensors.of(new float[] {value}, 1));
        }
    }

    private static void copy(Weight from, Parameter to) {
        try (NativeScope scope = NativeScope.update()) {
            to.value().copy_(from.tensor());
        }
        from.close();
    }

    private static Parameter parameter(DeqaModel model, String name) {
        return Objects.requireNonNull(model.namedParameters().get(name), name);
    }

    private static Map<String, Tensor> tensors(Map<String, Parameter> parameters) {
        Map<String, Tensor> tensors = new TreeMap<>();
        parameters.forEach((name, parameter) -> tensors.put(name, parameter.value()));
        return tensors;
    }

    private static Map<String, Tensor> stateTensors(AdamW adamW) {
        Map<String, Tensor> tensors = new TreeMap<>();
        adamW.state().forEach((name, weight) -> tensors.put(name, weight.tensor()));
        return tensors;
    }

    private static NavigableMap<String, float[]> values(DeqaModel model) {
        NavigableMap<String, float[]> values = new TreeMap<>();
        try (NativeScope scope = NativeScope.update()) {
            model.trainedParameters()
                    .forEach((name, parameter) -> values.put(name, Tensors.toFloats(parameter.value())));
        }
        return values;
    }
}
