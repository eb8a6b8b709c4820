package io.github.deqa4j.benchmarks;

import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.file.JsonFile;
import io.github.deqa4j.text.LevelTokens;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TrainingPrompt;
import io.github.deqa4j.torch.load.TensorFile;
import io.github.deqa4j.torch.loss.Answers;
import io.github.deqa4j.torch.loss.DeqaLoss;
import io.github.deqa4j.torch.loss.Loss;
import io.github.deqa4j.torch.loss.LossPart;
import io.github.deqa4j.torch.loss.LossSettings;
import io.github.deqa4j.torch.loss.RatingTensors;
import io.github.deqa4j.torch.loss.Side;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.AdamW;
import io.github.deqa4j.torch.nn.AdamWSettings;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.Gradients;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Recomputation;
import io.github.deqa4j.torch.nn.Tensors;
import io.github.deqa4j.torch.nn.Weight;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/**
 * Times steps of full tuning, float32, soft labels and fidelity, AdamW: {@code TrainingStep DIRECTORY TOKENIZER kept|recomputed PAIRS
 * STEPS}. The network, of 0.2 billion random weights, and the batch are left in the directory, and {@code
 * peer/training_step.py} does the same steps with them in PyTorch; that both print the same losses says that the work is the same.
 */
public final class TrainingStep {
    private static final double NANOS = 1e9;
    private static final double BOUND = 0.03;
    private static final double LEARNING_RATE = 2e-5;
    private static final double[] LABEL_A = {0.05, 0.6, 0.3, 0.05, 0};
    private static final double[] LABEL_B = {0, 0.1, 0.3, 0.4, 0.2};
    private static final double MEAN_A = 3.65;
    private static final double MEAN_B = 2.3;
    private static final double STD = 0.7;

    private final DeqaModel model;
    private final DeqaLoss loss;
    private final TrainingPrompt prompt;
    private final int pairs;

    private TrainingStep(DeqaModel model, SentencePieceTokenizer tokenizer, int pairs) {
        this.model = model;
        this.pairs = pairs;
        loss = new DeqaLoss(LossSettings.pairs(), LevelTokens.of(tokenizer).ids());
        prompt = TrainingPrompt.of(
                tokenizer, "How would you rate the quality of this picture?", "The quality of the image is good.");
    }

    public static void main(String[] args) throws IOException {
        Engine.start();
        Path directory = Files.createDirectories(Path.of(args[0]));
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.read(Path.of(args[1]));
        RandomStream random = new RandomStream(131);
        try (DeqaModel model = new DeqaModel(ModelConfig.read(config(directory)))) {
            model.namedParameters()
                    .values()
                    .forEach(parameter -> parameter.bind(
                            parameter.optional()
                                    ? parameter.compute()
                                    : Weight.uniform(BOUND, random.next(), parameter.shape())));
            TrainingStep step = new TrainingStep(model, tokenizer, Integer.parseInt(args[3]));
            step.leave(directory, LevelTokens.of(tokenizer).ids());
            model.setTrained(name -> true);
            model.recompute(args[2].equals("recomputed") ? new Recomputation(random) : null);
            step.run(Integer.parseInt(args[4]));
        }
    }

    private static Path config(Path directory) throws IOException {
        Path config = directory.resolve("config.json");
        try (InputStream in = Objects.requireNonNull(TrainingStep.class.getResourceAsStream("step-config.json"))) {
            Files.copy(in, config, StandardCopyOption.REPLACE_EXISTING);
        }
        return config;
    }

    private void leave(Path directory, int[] levels) {
        Map<String, Tensor> weights = new TreeMap<>();
        model.namedParameters().forEach((name, parameter) -> weights.put(name, parameter.value()));
        TensorFile.write(directory.resolve("model.safetensors"), weights);
        JsonFile.write(
                directory.resolve("batch.json"),
                Map.of(
                        "pairs",
                        pairs,
                        "before",
                        prompt.ids().before(),
                        "after",
                        prompt.ids().after(),
                        "answer_start",
                        prompt.answerStart(),
                        "level",
                        prompt.level().orElseThrow(),
                        "levels",
                        levels,
                        "labels",
                        new double[][] {LABEL_A, LABEL_B},
                        "means",
                        new double[] {MEAN_A, MEAN_B},
                        "std",
                        STD,
                        "learning_rate",
                        LEARNING_RATE));
    }

    private void run(int steps) {
        Gradients gradients = new Gradients(model.trainedParameters());
        try (AdamW optimizer = new AdamW(model.trainedParameters(), AdamWSettings.released())) {
            double[] seconds = new double[steps];
            for (int i = 0; i < steps; i++) {
                long start = System.nanoTime();
                double total = pass();
                optimizer.step(name -> LEARNING_RATE);
                gradients.clear();
                seconds[i] = (System.nanoTime() - start) / NANOS;
                System.out.printf(Locale.ROOT, "step %d: loss %.6f, %.2f s%n", i + 1, total, seconds[i]);
            }
            Arrays.sort(seconds);
            System.out.printf(Locale.ROOT, "deqa4j: median %.3f s a step%n", seconds[steps / 2]);
        }
    }

    private double pass() {
        try (NativeScope scope = NativeScope.training()) {
            Loss of = loss.total(loss.pairs(side(LABEL_A, MEAN_A), side(LABEL_B, MEAN_B)));
            Gradients.backward(of.total());
            return of.parts().of(LossPart.TOTAL);
        }
    }

    private Side side(double[] label, double mean) {
        Answers answers =
                Answers.of(Collections.nCopies(pairs, prompt), model.config().imageTokens());
        double[][] labels = Collections.nCopies(pairs, label).toArray(double[][]::new);
        double[] means = new double[pairs];
        Arrays.fill(means, mean);
        double[] stds = new double[pairs];
        Arrays.fill(stds, STD);
        Tensor logits = model.logitsAt(
                pixels(),
                prompt.ids().before(),
                Collections.nCopies(pairs, prompt.ids().after()),
                answers.positions());
        return new Side(logits, answers, RatingTensors.of(labels, means, stds));
    }

    private Tensor pixels() { // (B, 3, S, S)
        int side = model.config().vision().imageSize();
        float[] values = new float[pairs * 3 * side * side];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((i * 7919L % 1000) / 500.0 - 1);
        }
        return Tensors.of(values, pairs, 3, side, side);
    }
}
