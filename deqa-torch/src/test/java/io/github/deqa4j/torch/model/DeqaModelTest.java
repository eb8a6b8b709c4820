package io.github.deqa4j.torch.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.GoldenModel;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Stage;
import io.github.deqa4j.torch.nn.StageClock;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Every stage of the network against the hidden states of the authors' code, from their own pixel values. */
class DeqaModelTest {
    private static final int IMAGE = -200;
    private static final double TOLERANCE = 1e-4;

    @Test
    void everyStageOfTheMiniModelEqualsTheAuthors() {
        compareStages(GoldenModel.mini());
    }

    @Test
    void everyStageOfTheExternalModelsEqualsTheAuthors() {
        assertThat(GoldenModel.external()).isNotEmpty().allSatisfy(DeqaModelTest::compareStages);
    }

    @Test
    void lastLogitsAreTheLastRowOfAllLogits() {
        GoldenModel golden = GoldenModel.mini();
        int[] ids = Golden.ints(golden.expected().get("prompt.scorer.ids"));
        int[] levels = Golden.ints(golden.expected().get("level_ids"));
        try (DeqaModel model = load(golden);
                NativeScope scope = NativeScope.inference()) {
            float[] all = Tensors.toFloats(model.forward(pixels(golden), before(ids), after(ids)));
            float[] last = Tensors.toFloats(model.lastLogits(pixels(golden), before(ids), after(ids), levels));

            int vocabulary = model.config().decoder().vocabulary();
            int length = ids.length - 1 + model.config().imageTokens();
            for (int image = 0; image < golden.imageFiles().size(); image++) {
                int row = ((image + 1) * length - 1) * vocabulary;
                for (int level = 0; level < levels.length; level++) {
                    assertThat(last[image * levels.length + level]).isCloseTo(all[row + levels[level]], within(1e-5));
                }
            }
        }
    }

    @Test
    void prefixAndLastPositionChangeNoLogitOfTheMiniModel() {
        comparePrefix(GoldenModel.mini());
    }

    @Test
    void prefixAndLastPositionChangeNoLogitOfTheExternalModels() {
        assertThat(GoldenModel.external()).isNotEmpty().allSatisfy(DeqaModelTest::comparePrefix);
    }

    @Test
    void aPrefixThatCannotBeCompletedKeepsNoMemory() {
        try (DeqaModel model = load(GoldenModel.mini())) {
            int last = model.config().decoder().layers() - 1;
            requireNonNull(model.linears().get(DeqaModel.DECODER_LAYERS + "." + last + ".mlp.up_proj"))
                    .close();
            long before = Pointer.totalCount();

            assertThatThrownBy(() -> {
                        try (NativeScope scope = NativeScope.inference()) {
                            model.prefix(new int[] {1, 5}).close();
                        }
                    })
                    .isInstanceOf(IllegalStateException.class);

            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void clockHearsTheStagesInTheirOrder() {
        GoldenModel golden = GoldenModel.mini();
        List<Stage> stages = new ArrayList<>();
        try (DeqaModel model = load(golden);
                NativeScope scope = NativeScope.inference();
                PromptPrefix prefix = model.prefix(new int[] {1, 5})) {
            model.lastLogits(pixels(golden), prefix, new int[] {7}, new int[] {3}, stages::add);
        }

        assertThat(stages).containsExactly(Stage.VISION, Stage.ABSTRACTOR, Stage.DECODER, Stage.HEAD);
    }

    /** Both prompts, and one that ends with the image, so that the last position is visual. */
    private static void comparePrefix(GoldenModel golden) {
        int[] levels = Golden.ints(golden.expected().get("level_ids"));
        int[] scorer = Golden.ints(golden.expected().get("prompt.scorer.ids"));
        int[] evaluation = Golden.ints(golden.expected().get("prompt.evaluation.ids"));
        try (DeqaModel model = load(golden);
                NativeScope scope = NativeScope.inference()) {
            for (int[] ids : List.of(scorer, evaluation, Arrays.copyOf(scorer, image(scorer) + 1))) {
                try (PromptPrefix prefix = model.prefix(before(ids))) {
                    Tensor pixels = pixels(golden);
                    float[] plain = Tensors.toFloats(model.lastLogits(pixels, before(ids), after(ids), levels));
                    float[] fast =
                            Tensors.toFloats(model.lastLogits(pixels, prefix, after(ids), levels, StageClock.NONE));
                    assertThat(fast).as("%s", golden).containsExactly(plain, within(1e-5));
                }
            }
        }
    }

    private static void compareStages(GoldenModel golden) {
        try (DeqaModel model = load(golden);
                NativeScope scope = NativeScope.inference()) {
            Tensor pixels = pixels(golden);
            Tensor seen = model.model().visionModel().forward(pixels);
            assertClose(golden, "vision.last_hidden_state", seen);
            assertClose(
                    golden,
                    "abstractor.last_hidden_state",
                    model.model().visualAbstractor().forward(seen));
            for (String prompt : new String[] {"scorer", "evaluation"}) {
                int[] ids = Golden.ints(golden.expected().get("prompt." + prompt + ".ids"));
                Tensor logits = model.forward(pixels, before(ids), after(ids));
                assertClose(golden, prompt + ".all_logits_image0", logits.select(0, 0));
                assertClose(golden, prompt + ".last_logits", logits.select(1, logits.size(1) - 1));
            }
        }
    }

    private static DeqaModel load(GoldenModel golden) {
        ModelDirectory files = ModelDirectory.open(golden.directory(), Optional.empty(), Optional.empty());
        return ModelLoader.load(new DeqaModel(ModelConfig.read(files.config())), files, Precision.FLOAT32, Device.CPU);
    }

    private static Tensor pixels(GoldenModel golden) {
        return Tensors.of(golden.tensor("pixel_values"), golden.shape("pixel_values"));
    }

    private static int[] before(int[] ids) {
        return Arrays.copyOf(ids, image(ids));
    }

    private static int[] after(int[] ids) {
        return Arrays.copyOfRange(ids, image(ids) + 1, ids.length);
    }

    private static int image(int[] ids) {
        return IntStream.range(0, ids.length)
                .filter(i -> ids[i] == IMAGE)
                .findFirst()
                .orElseThrow();
    }

    /** Largest difference, relative to the largest value. */
    private static void assertClose(GoldenModel golden, String name, Tensor found) {
        assertThat(found.shape()).as(name).isEqualTo(golden.shape(name));
        float[] expected = golden.tensor(name);
        float[] values = Tensors.toFloats(found);
        double scale = 0;
        double error = 0;
        for (int i = 0; i < values.length; i++) {
            scale = Math.max(scale, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(values[i] - expected[i]));
        }
        assertThat(error / scale).as("%s of %s", name, golden).isLessThan(TOLERANCE);
    }

    private static org.assertj.core.data.Offset<Float> within(double tolerance) {
        return org.assertj.core.data.Offset.offset((float) tolerance);
    }
}
