package io.github.deqa4j.torch.lora;

import static io.github.deqa4j.torch.FloatArrays.assertThatDistance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.MiniBatch;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.AdamW;
import io.github.deqa4j.torch.nn.AdamWSettings;
import io.github.deqa4j.torch.nn.Gradients;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Recomputation;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoraAdapterTest {
    private static final MiniBatch BATCH = new MiniBatch();
    private static final int WIDTH = 32; // of the mini model's decoder
    private static final LoraSettings PLAIN =
            new LoraSettings(4, 8, 0, LoraSettings.released().targets());

    @Test
    void anAdapterChangesNothingAtFirst() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32)) {
            float[] before = logits(model);
            LoraAdapter.insert(model, PLAIN, new RandomStream(1), Device.CPU);

            assertThat(logits(model)).isEqualTo(before);
        }
    }

    @Test
    void tensorsHaveThePythonLibrarysNamesAndTheBaseKeepsItsOwn() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32)) {
            Set<String> base = model.namedParameters().keySet();
            LoraAdapter adapter = LoraAdapter.insert(model, PLAIN, new RandomStream(1), Device.CPU);

            assertThat(adapter.parameters()).hasSize(3 * 2 * 2); // layers, targets, A and B
            assertThat(adapter.parameters().keySet())
                    .contains(
                            "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight",
                            "base_model.model.model.layers.2.self_attn.v_proj.multiway.1.lora_B.weight")
                    .noneMatch(name -> name.contains("multiway.0"));
            assertThat(model.namedParameters().keySet()).containsAll(base).hasSize(base.size() + 12);
        }
    }

    @Test
    void mergedWeightsAnswerAsTheAdapterDid() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32)) {
            Set<String> base = model.namedParameters().keySet();
            float[] untrained = logits(model);
            LoraAdapter adapter = LoraAdapter.insert(model, PLAIN, new RandomStream(1), Device.CPU);
            model.setTrained(PeftNames::isAdapter);
            train(model);
            float[] trained = logits(model);

            adapter.merge();

            assertThatDistance(logits(model), trained).isLessThan(2e-4);
            assertThat(trained).isNotEqualTo(untrained);
            assertThat(model.namedParameters().keySet()).isEqualTo(base);
        }
    }

    @Test
    void mergingAddsTwiceTheProductWhereAlphaIsTwiceTheRank() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32)) {
            String layer = "model.layers.0.self_attn.q_proj";
            LoraAdapter adapter = LoraAdapter.insert(model, PLAIN, new RandomStream(1), Device.CPU);
            model.setTrained(PeftNames::isAdapter);
            train(model);
            float[] weight = values(model, layer + ".weight");
            float[] a = values(model, layer + PeftNames.DOWN); // (4, 32)
            float[] b = values(model, layer + PeftNames.UP); // (32, 4)

            adapter.merge();

            double product = 0; // of the row 3 of B and the column 5 of A
            for (int r = 0; r < PLAIN.rank(); r++) {
                product += b[3 * PLAIN.rank() + r] * a[r * WIDTH + 5];
            }
            float merged = values(model, layer + ".weight")[3 * WIDTH + 5];
            assertThat(product).isNotZero();
            assertThat(merged).isCloseTo((float) (weight[3 * WIDTH + 5] + 2 * product), within(1e-6f));
        }
    }

    @Test
    void buffersAreNeverTrained() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32)) {
            LoraAdapter.insert(model, PLAIN, new RandomStream(1), Device.CPU);
            model.setTrained(PeftNames::isAdapter);
            assertThat(model.trainedParameters().keySet()).hasSize(12).allMatch(PeftNames::isAdapter);

            model.setTrained(name -> true);
            assertThat(model.trainedParameters().keySet())
                    .contains("lm_head.weight", "model.layers.0.self_attn.q_proj.weight")
                    .noneMatch(name -> name.endsWith("_pos_embed"));
        }
    }

    @Test
    void dropoutDropsTheSameWhereLayersAreRecomputed() {
        NavigableMap<String, float[]> kept = gradients(false, 7);
        NavigableMap<String, float[]> recomputed = gradients(true, 7);

        kept.forEach((name, gradient) -> assertThatDistance(Objects.requireNonNull(recomputed.get(name)), gradient)
                .as(name)
                .isLessThan(1e-6));
    }

    @Test
    void dropoutDependsOnItsSeed() {
        String name = "model.layers.0.self_attn.q_proj.lora_B.weight";
        assertThat(gradients(false, 7).get(name)).isEqualTo(gradients(false, 7).get(name));
        assertThat(gradients(false, 7).get(name))
                .isNotEqualTo(gradients(false, 8).get(name));
    }

    @Test
    void aTargetThatIsNoLayerIsNamed() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32)) {
            LoraSettings settings = new LoraSettings(4, 8, 0, List.of("self_attn.w_proj"));

            assertThatThrownBy(() -> LoraAdapter.insert(model, settings, new RandomStream(1), Device.CPU))
                    .isInstanceOf(DeqaException.class)
                    .hasMessage("LoRA's target \"self_attn.w_proj\" is no layer that can have an adapter; there are "
                            + "model.layers.0.mlp.down_proj, model.layers.0.mlp.gate_proj, model.layers.0.mlp.up_proj, "
                            + "model.layers.0.self_attn.k_proj.multiway.0, model.layers.0.self_attn.k_proj.multiway.1, "
                            + "model.layers.0.self_attn.o_proj, model.layers.0.self_attn.q_proj, "
                            + "model.layers.0.self_attn.v_proj.multiway.0, "
                            + "model.layers.0.self_attn.v_proj.multiway.1 …");
        }
    }

    @Test
    void impossibleSettingsAreRefused() {
        List<String> targets = List.of("q_proj");
        assertThatThrownBy(() -> new LoraSettings(0, 8, 0, targets))
                .hasMessage("LoRA's rank is 0; it must be 1 or more");
        assertThatThrownBy(() -> new LoraSettings(4, 8, 1, targets))
                .hasMessage("LoRA's dropout is 1.0; it must be at least 0 and below 1");
        assertThatThrownBy(() -> new LoraSettings(4, Double.NaN, 0, targets))
                .hasMessage("LoRA's alpha is NaN; it must be above 0");
    }

    private static NavigableMap<String, float[]> gradients(boolean recompute, long seed) {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32)) {
            RandomStream random = new RandomStream(1);
            LoraSettings settings = new LoraSettings(4, 8, 0.5, PLAIN.targets());
            LoraAdapter.insert(model, settings, random, Device.CPU);
            model.setTrained(PeftNames::isAdapter);
            train(model); // so that B is not zero
            model.recompute(recompute ? new Recomputation(random) : null);
            random.moveTo(seed);
            return BATCH.gradients(model);
        }
    }

    private static void train(DeqaModel model) {
        Gradients gradients = new Gradients(model.trainedParameters());
        try (AdamW adamW = new AdamW(model.trainedParameters(), AdamWSettings.released())) {
            for (int i = 0; i < 3; i++) {
                try (NativeScope scope = NativeScope.training()) {
                    Gradients.backward(BATCH.loss(model).total());
                }
                adamW.step(name -> PeftNames.isAdapter(name) ? 1e-2 : 1e-4);
                gradients.clear();
            }
        }
        model.trainedParameters().values().forEach(Parameter::clearGradient);
    }

    private static float[] values(DeqaModel model, String name) {
        try (NativeScope scope = NativeScope.update()) {
            return Tensors.toFloats(
                    Objects.requireNonNull(model.namedParameters().get(name)).value());
        }
    }

    private static float[] logits(DeqaModel model) {
        try (NativeScope scope = NativeScope.inference()) {
            return Tensors.toFloats(model.forward(BATCH.pixels(0, 1), BATCH.before(), BATCH.after(0, 1)));
        }
    }
}
