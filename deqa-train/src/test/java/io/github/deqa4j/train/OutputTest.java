package io.github.deqa4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.torch.load.TensorFile;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run writes can be scored with. */
class OutputTest {
    private static final String PREFIX = "base_model.model.";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aFullNetworkScoresAsItsEvaluationSaid() {
        MiniRun run = evaluated();
        run.train();
        assertThat(srcc(scores(ModelSource.directory(run.output("model")))))
                .isEqualTo(run.evaluations.get(run.evaluations.size() - 1).srcc(), offset(1e-9));
        assertThat(run.output("model/config.json")).hasSameBinaryContentAs(MiniRun.MODEL.resolve("config.json"));
        assertThat(run.output("model/tokenizer.model")).exists();
    }

    @Test
    void anAdapterScoresAsItsWeightsAddedByHand() throws IOException {
        MiniRun run = new MiniRun(folder, "tuning.method=lora", "schedule.epochs=4");
        run.train();
        Path adapter = run.output("model");
        List<Double> loaded = scores(ModelSource.adapter(adapter, MiniRun.MODEL));
        assertThat(scores(ModelSource.directory(MiniRun.MODEL))).isNotEqualTo(loaded);
        assertThat(scores(ModelSource.directory(mergedByHand(adapter)))).isEqualTo(loaded);
        assertThat(Golden.json(adapter.resolve("adapter_config.json")).path("target_modules"))
                .isEqualTo(Golden.json(Golden.mini().resolve("model-lora/adapter_config.json"))
                        .path("target_modules"));
        assertThat(Checkpoint.openFile(adapter.resolve("non_lora_trainables.bin"))
                        .tensors()
                        .keySet())
                .allMatch(name -> name.startsWith(PREFIX + "model.vision_model.")
                        || name.startsWith(PREFIX + "model.visual_abstractor."));
    }

    @Test
    void anAdapterAloneScoresToo() {
        MiniRun run = new MiniRun(
                folder,
                "tuning.method=lora",
                "tuning.vision=frozen",
                "tuning.abstractor=frozen",
                "schedule.max_steps=4");
        run.train();
        assertThat(scores(ModelSource.adapter(run.output("model"), MiniRun.MODEL)))
                .isNotEqualTo(scores(ModelSource.directory(MiniRun.MODEL)));
    }

    @Test
    void thePageOfCurvesNeedsNothingElse() throws IOException {
        MiniRun run = evaluated();
        run.train();
        String page = Files.readString(run.output("curves.html"));
        assertThat(page)
                .contains("<p>8 steps, 2 evaluations.</p>", "prefers-color-scheme: dark", "alt=\"Evaluation\"")
                .doesNotContain("http");
        assertThat(page.split("src=\"data:image/png;base64,", -1)).hasSize(5 + 1);
        assertThat(Files.readString(run.output("config.yaml"))).contains("every: 4");
    }

    @Test
    void theCurvesAreDrawnAtEvaluationsAndNotAtCheckpoints() {
        List<Boolean> drawn = new ArrayList<>();
        MiniRun run = new MiniRun(folder, everyFourth()) {
            @Override
            public void saved(Path checkpoint) {
                drawn.add(Files.exists(output("curves.html")));
            }
        };
        run.train();
        assertThat(drawn).containsExactly(false, true, true); // after steps 3, 6 and 8
    }

    private MiniRun evaluated() {
        return new MiniRun(folder, everyFourth());
    }

    private String everyFourth() {
        return "evaluation={meta: '" + folder.resolve("train.json") + "', images: '" + MiniRun.IMAGES + "', every: 4}";
    }

    /** W + (α/r)·B·A for every pair, and the tensors trained in full, into a full checkpoint. */
    private Path mergedByHand(Path adapter) throws IOException {
        NavigableMap<String, TensorEntry> base = Checkpoint.open(MiniRun.MODEL).tensors();
        Map<String, TensorEntry> full =
                Checkpoint.openFile(adapter.resolve("non_lora_trainables.bin")).tensors();
        Map<String, TensorEntry> pairs = Checkpoint.openFile(adapter.resolve("adapter_model.safetensors"))
                .tensors();
        Map<String, Tensor> merged = new TreeMap<>();
        Path target = Files.createDirectories(folder.resolve("merged"));
        try (NativeScope scope = NativeScope.update()) {
            base.forEach((name, entry) -> {
                if (name.endsWith("_pos_embed")) {
                    return; // computed where a checkpoint leaves them out
                }
                TensorEntry own = Objects.requireNonNullElse(full.get(PREFIX + name), entry);
                float[] values = own.toFloats();
                String module = PREFIX + name.replaceAll("\\.weight$", "");
                TensorEntry up = pairs.get(module + ".lora_B.weight");
                TensorEntry down = pairs.get(module + ".lora_A.weight");
                Tensor weight = Weight.of(values, own.shape()).tensor();
                merged.put(
                        name,
                        up == null || down == null
                                ? weight
                                : Weight.sum(
                                                weight,
                                                Weight.of(up.toFloats(), up.shape())
                                                        .tensor(),
                                                Weight.of(down.toFloats(), down.shape())
                                                        .tensor(),
                                                8.0 / 4)
                                        .tensor());
            });
            TensorFile.write(target.resolve("model.safetensors"), merged);
        }
        for (String name : List.of("config.json", "preprocessor_config.json", "tokenizer.model")) {
            Files.copy(adapter.resolve(name), target.resolve(name));
        }
        return target;
    }

    private static List<Double> scores(ModelSource source) {
        try (Scorer scorer = Scorers.open(source, ScorerSettings.defaults().withPrompt(Prompt.EVALUATION))) {
            List<RgbImage> images = MiniRun.images().stream()
                    .map(file -> scorer.decode(EncodedImage.of(file)))
                    .toList();
            return scorer.scoreAll(images).stream().map(QualityScore::score).toList();
        }
    }

    /** The images' scores rise with their order: 1 − 6Σd²/(n(n²−1)). */
    private static double srcc(List<Double> scores) {
        int n = scores.size();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double own = scores.get(i);
            long rank = scores.stream().filter(score -> score < own).count();
            sum += (rank - i) * (rank - i);
        }
        return 1 - 6 * sum / (n * ((double) n * n - 1));
    }
}
