package io.github.deqa4j.torch;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.text.LevelTokens;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TrainingPrompt;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.loss.Answers;
import io.github.deqa4j.torch.loss.DeqaLoss;
import io.github.deqa4j.torch.loss.Loss;
import io.github.deqa4j.torch.loss.LossSettings;
import io.github.deqa4j.torch.loss.RatingTensors;
import io.github.deqa4j.torch.loss.Side;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.Gradients;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** The mini model's recorded pairs, as a trainer would feed them: rows 0–3 are side A, 4–7 side B. */
public final class MiniBatch {
    private static final GoldenModel GOLDEN = GoldenModel.mini();

    private final SentencePieceTokenizer tokenizer =
            SentencePieceTokenizer.read(Golden.mini().resolve("tokenizer.model"));
    private final List<TrainingPrompt> prompts = new ArrayList<>();
    private final List<JsonNode> rows = new ArrayList<>();

    public MiniBatch() {
        for (JsonNode row : GOLDEN.expected().get("train.rows")) {
            JsonNode talk = row.get("conversations");
            rows.add(row);
            prompts.add(TrainingPrompt.of(
                    tokenizer,
                    talk.get(0).get("value").asText(),
                    talk.get(1).get("value").asText()));
        }
    }

    /** A fresh model; the caller closes it. */
    public static DeqaModel load(Precision precision) {
        ModelDirectory files = ModelDirectory.open(GOLDEN.directory(), Optional.empty(), Optional.empty());
        return ModelLoader.load(new DeqaModel(ModelConfig.read(files.config())), files, precision, Device.CPU);
    }

    public int[] levels() {
        return LevelTokens.of(tokenizer).ids();
    }

    public List<TrainingPrompt> prompts() {
        return prompts;
    }

    public int[] before() {
        return prompts.get(0).ids().before();
    }

    public List<int[]> after(int... indices) {
        return IntStream.of(indices).mapToObj(i -> prompts.get(i).ids().after()).toList();
    }

    public Tensor pixels(int... indices) {
        Tensor all = Tensors.of(GOLDEN.tensor("pixel_values"), GOLDEN.shape("pixel_values"));
        return all.index_select(0, Tensors.indices(indices, all));
    }

    public Side side(DeqaModel model, int... indices) {
        List<TrainingPrompt> chosen =
                IntStream.of(indices).mapToObj(prompts::get).toList();
        Answers answers = Answers.of(chosen, model.config().imageTokens());
        Tensor logits = model.logitsAt(pixels(indices), before(), after(indices), answers.positions());
        return new Side(logits, answers, ratings(indices));
    }

    public RatingTensors ratings(int... indices) {
        return RatingTensors.of(
                IntStream.of(indices)
                        .mapToObj(i -> Golden.doubles(rows.get(i).get("level_probs")))
                        .toArray(double[][]::new),
                IntStream.of(indices)
                        .mapToDouble(i -> rows.get(i).get("gt_score").doubleValue())
                        .toArray(),
                IntStream.of(indices)
                        .mapToDouble(i -> rows.get(i).get("std").doubleValue())
                        .toArray());
    }

    /** The loss of the first two pairs. */
    public Loss loss(DeqaModel model) {
        DeqaLoss loss = new DeqaLoss(LossSettings.pairs(), levels());
        return loss.total(loss.pairs(side(model, 0, 1), side(model, 4, 5)));
    }

    /** The gradients of {@link #loss}, which are added to those there; copied to the heap. */
    public NavigableMap<String, float[]> gradients(DeqaModel model) {
        try (NativeScope scope = NativeScope.training()) {
            Gradients.backward(loss(model).total());
        }
        NavigableMap<String, float[]> gradients = new TreeMap<>();
        try (NativeScope scope = NativeScope.update()) {
            model.trainedParameters().forEach((name, parameter) -> gradients.put(name, gradient(parameter)));
        }
        return gradients;
    }

    private static float[] gradient(Parameter parameter) {
        Tensor gradient = parameter.gradient();
        return gradient == null ? new float[0] : Tensors.toFloats(gradient);
    }
}
