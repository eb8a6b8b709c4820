package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.FloatArrays.assertThatDistance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.MiniBatch;
import io.github.deqa4j.torch.loss.Answers;
import io.github.deqa4j.torch.loss.LossPart;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Recomputation;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** The forward pass of training, and the gradients that come back through it. */
class TrainingForwardTest {
    private static final MiniBatch BATCH = new MiniBatch();

    @Test
    void aPaddedRowAnswersAsItDoesAlone() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32);
                NativeScope scope = NativeScope.inference()) {
            int[] shorter = BATCH.after(5).get(0);
            int[] longer = BATCH.after(1).get(0);
            assertThat(shorter.length).isLessThan(longer.length);

            Tensor together = model.forward(BATCH.pixels(5, 1), BATCH.before(), List.of(shorter, longer));
            float[] alone = Tensors.toFloats(model.forward(BATCH.pixels(5), BATCH.before(), shorter));

            long length = (long) BATCH.before().length + model.config().imageTokens() + shorter.length;
            float[] inBatch = Tensors.toFloats(together.select(0, 0).narrow(0, 0, length));
            assertThatDistance(inBatch, alone).isLessThan(1e-4);
        }
    }

    @Test
    void logitsAtSomePositionsAreThoseOfAll() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32);
                NativeScope scope = NativeScope.inference()) {
            Answers answers =
                    Answers.of(BATCH.prompts().subList(0, 2), model.config().imageTokens());

            Tensor all = model.forward(BATCH.pixels(0, 1), BATCH.before(), BATCH.after(0, 1));
            Tensor some = model.logitsAt(BATCH.pixels(0, 1), BATCH.before(), BATCH.after(0, 1), answers.positions());

            assertThat(all.size(1)).isEqualTo(answers.length());
            assertThatDistance(Tensors.toFloats(some), Tensors.toFloats(answers.select(all)))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void gradientsAreTheSlopesOfTheLoss() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32)) {
            model.setTrained(name -> true);
            NavigableMap<String, float[]> gradients = BATCH.gradients(model);
            for (String name : List.of(
                    "model.vision_model.post_layernorm.weight",
                    "model.visual_abstractor.vit_eos",
                    "model.layers.0.self_attn.v_proj.multiway.1.weight",
                    "model.layers.1.mlp.down_proj.weight",
                    "lm_head.weight")) {
                float[] gradient = Objects.requireNonNull(gradients.get(name), name);
                int steepest = steepest(gradient);

                double slope = slope(
                        model, Objects.requireNonNull(model.namedParameters().get(name)), steepest);

                assertThat(slope).as(name).isCloseTo(gradient[steepest], within(0.02 * Math.abs(gradient[steepest])));
            }
        }
    }

    @Test
    void recomputedLayersGiveTheSameGradients() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32)) {
            model.setTrained(name -> true);
            NavigableMap<String, float[]> kept = BATCH.gradients(model);
            model.trainedParameters().values().forEach(Parameter::clearGradient);

            model.recompute(new Recomputation(new RandomStream(1)));
            NavigableMap<String, float[]> recomputed = BATCH.gradients(model);

            assertThat(recomputed.keySet()).isEqualTo(kept.keySet());
            kept.forEach((name, gradient) -> assertThatDistance(Objects.requireNonNull(recomputed.get(name)), gradient)
                    .as(name)
                    .isLessThan(1e-6));
        }
    }

    @Test
    void recomputationNeedsNoTrainedInputBelowTheLayers() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32)) {
            model.setTrained(name -> name.contains("layers.1.") || name.contains("layers.2."));
            NavigableMap<String, float[]> kept = BATCH.gradients(model);
            model.trainedParameters().values().forEach(Parameter::clearGradient);

            model.recompute(new Recomputation(new RandomStream(1)));
            NavigableMap<String, float[]> recomputed = BATCH.gradients(model);

            kept.forEach((name, gradient) -> assertThatDistance(Objects.requireNonNull(recomputed.get(name)), gradient)
                    .as(name)
                    .isLessThan(1e-6));
        }
    }

    @Test
    void scoresDoNotDependOnRecomputation() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32);
                NativeScope scope = NativeScope.inference()) {
            float[] before = logits(model);
            model.recompute(new Recomputation(new RandomStream(1)));

            assertThat(logits(model)).isEqualTo(before);
        }
    }

    private static float[] logits(DeqaModel model) {
        return Tensors.toFloats(model.forward(BATCH.pixels(0, 1), BATCH.before(), BATCH.after(0, 1)));
    }

    private static double slope(DeqaModel model, Parameter parameter, int index) {
        double step = 4e-3;
        double up = lossWith(model, parameter, index, step);
        double down = lossWith(model, parameter, index, -step);
        return (up - down) / (2 * step);
    }

    private static double lossWith(DeqaModel model, Parameter parameter, int index, double change) {
        nudge(parameter, index, change);
        try (NativeScope scope = NativeScope.update()) {
            return BATCH.loss(model).parts().of(LossPart.TOTAL);
        } finally {
            nudge(parameter, index, -change);
        }
    }

    private static void nudge(Parameter parameter, int index, double change) {
        try (NativeScope scope = NativeScope.update()) {
            Tensor one = parameter.value().flatten().narrow(0, index, 1);
            one.add_(Tensors.of(new float[] {(float) change}, 1));
        }
    }

    private static int steepest(float[] gradient) {
        int steepest = 0;
        for (int i = 1; i < gradient.length; i++) {
            if (Math.abs(gradient[i]) > Math.abs(gradient[steepest])) {
                steepest = i;
            }
        }
        return steepest;
    }
}
