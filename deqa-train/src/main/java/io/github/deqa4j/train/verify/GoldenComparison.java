package io.github.deqa4j.train.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.text.LevelTokens;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.loss.LossPart;
import io.github.deqa4j.torch.loss.LossParts;
import io.github.deqa4j.torch.loss.LossSettings;
import io.github.deqa4j.torch.loss.LossSettings.Rank;
import io.github.deqa4j.torch.loss.LossSettings.Spread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares a model with answers recorded from the code of the authors. A folder holds {@code config.json}, weights,
 * {@code expected.json} and {@code expected.safetensors}.
 *
 * <p>Compared are scores with two prompts; token ids and labels of training; for eight loss settings the total, its parts, scores,
 * standard deviations and gradient norms; and the loss over four steps of AdamW. For an adapter only the probabilities and scores of
 * images are recorded and compared.
 */
public final class GoldenComparison {
    /** The largest {@link Difference#error} that counts as equal. */
    public static final double TOLERANCE = 1e-4;

    private static final String TRAIN = "train";
    private static final String STEPS = "adamw_lr1e-3_losses";
    private static final double LEARNING_RATE = 1e-3;

    /** Share of the whole gradient below which a gradient is rounding error: softmax cancels key biases, which get 1e-9. */
    private static final double NEGLIGIBLE = 1e-4;

    private static final Pattern PRINTED = Pattern.compile(": (-?[0-9.]+(?:e-?[0-9]+)?)");

    private static final Map<String, LossSettings> SETTINGS = settings();

    private GoldenComparison() {}

    /** Whether a folder holds answers of the kind that is compared here. */
    public static boolean isPossible(Path directory) {
        return Files.exists(directory.resolve("expected.json"))
                && GoldenFile.read(directory).has(TRAIN);
    }

    /**
     * Compares one folder.
     *
     * @param base the model that the folder's adapter adapts; empty for a full checkpoint
     * @return every number compared
     * @throws DeqaException if a file is missing or malformed
     */
    public static List<Difference> run(Path directory, Optional<Path> base) {
        GoldenFile golden = GoldenFile.read(directory);
        ModelDirectory files = ModelDirectory.open(directory, base, Optional.empty());
        SentencePieceTokenizer tokenizer = files.tokenizer()
                .orElseThrow(() -> ModelDirectory.noTokenizer(files.name()))
                .read(SentencePieceTokenizer::read, SentencePieceTokenizer::read);
        return golden.has(TRAIN) ? compareTraining(golden, files, tokenizer) : GoldenImages.compare(golden, files);
    }

    private static List<Difference> compareTraining(
            GoldenFile golden, ModelDirectory files, SentencePieceTokenizer tokenizer) {
        TrainingRows rows = new TrainingRows(golden, tokenizer);
        List<Difference> differences = new ArrayList<>(rows.idsAndLabels());
        int[] levels = LevelTokens.of(tokenizer).ids();
        try (GoldenTraining training = new GoldenTraining(golden, files, rows, levels)) {
            differences.addAll(GoldenScoring.compare(golden, training.model(), tokenizer, levels));
            SETTINGS.forEach((name, settings) -> compare(name, golden, training, settings, differences));
            compareSteps(golden, training, differences);
        }
        return List.copyOf(differences);
    }

    private static void compare(
            String name,
            GoldenFile golden,
            GoldenTraining training,
            LossSettings settings,
            List<Difference> differences) {
        JsonNode expected = golden.get(golden.get(TRAIN), name);
        GoldenTraining.Answer found = training.answer(settings);
        String prefix = name + ": ";
        compareParts(prefix, golden, expected, found.parts(), differences);
        compareAll(prefix + "scores_A", golden.get(expected, "scores_A"), found.scoresA(), differences);
        compareAll(prefix + "scores_B", golden.get(expected, "scores_B"), found.scoresB(), differences);
        compareAll(prefix + "stds_A", golden.get(expected, "stds_A"), found.stdsA(), differences);
        compareAll(prefix + "stds_B", golden.get(expected, "stds_B"), found.stdsB(), differences);
        compareNorms(prefix, golden, expected, found.norms(), differences);
    }

    private static void compareParts(
            String prefix, GoldenFile golden, JsonNode expected, LossParts found, List<Difference> differences) {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("total", found.of(LossPart.TOTAL));
        parts.put("rank", found.of(LossPart.RANK));
        parts.put("loss_A", found.of(LossPart.SIDE_A));
        parts.put("loss_B", found.of(LossPart.SIDE_B));
        parts.forEach((key, value) -> differences.add(
                Difference.relative(prefix + key, golden.get(expected, key).doubleValue(), value)));
        double inLevel = golden.get(expected, "in_level_A").doubleValue()
                + golden.get(expected, "in_level_B").doubleValue();
        differences.add(Difference.relative(prefix + "in_level_A + in_level_B", inLevel, found.of(LossPart.IN_LEVEL)));
        comparePrinted(prefix, golden.get(expected, "printed"), found, differences);
    }

    private static void comparePrinted(String prefix, JsonNode lines, LossParts found, List<Difference> differences) {
        double[] ours = {
            found.of(LossPart.RANK),
            found.of(LossPart.SIDE_A) + found.of(LossPart.SIDE_B),
            found.of(LossPart.IN_LEVEL),
            found.of(LossPart.DESCRIPTION),
            found.of(LossPart.TOTAL)
        };
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.asText()).append('\n'));
        Matcher number = PRINTED.matcher(text);
        for (int i = 0; i < ours.length && number.find(); i++) {
            double printed = Double.parseDouble(number.group(1)); // six decimals
            differences.add(new Difference(prefix + "printed " + i, printed, ours[i], Math.max(1, Math.abs(printed))));
        }
    }

    private static void compareNorms(
            String prefix,
            GoldenFile golden,
            JsonNode expected,
            NavigableMap<String, Double> found,
            List<Difference> differences) {
        double total = golden.get(expected, "grad_norm_total").doubleValue();
        double ours = Math.sqrt(
                found.values().stream().mapToDouble(norm -> norm * norm).sum());
        differences.add(Difference.relative(prefix + "grad_norm_total", total, ours));
        JsonNode norms = expected.path("grad_norms");
        norms.fieldNames()
                .forEachRemaining(name -> differences.add(new Difference(
                        prefix + "gradient of " + name,
                        norms.get(name).doubleValue(),
                        found.getOrDefault(name, Double.NaN),
                        Math.max(norms.get(name).doubleValue(), NEGLIGIBLE * total))));
        if (norms.isObject()) {
            differences.add(new Difference(prefix + "number of gradients", norms.size(), found.size(), 1));
        }
    }

    private static void compareSteps(GoldenFile golden, GoldenTraining training, List<Difference> differences) {
        JsonNode expected = golden.get(golden.get(TRAIN), STEPS);
        List<Double> found = training.steps(LossSettings.pairs(), LEARNING_RATE, expected.size());
        compareAll(STEPS, expected, found, differences);
    }

    private static void compareAll(String what, JsonNode expected, List<Double> found, List<Difference> differences) {
        differences.add(new Difference(what + ", how many", expected.size(), found.size(), 1));
        for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
            differences.add(Difference.relative(what + " " + i, expected.get(i).doubleValue(), found.get(i)));
        }
    }

    private static Map<String, LossSettings> settings() {
        Map<String, LossSettings> settings = new LinkedHashMap<>();
        settings.put("released", LossSettings.pairs());
        settings.put(
                "predicted_std", LossSettings.builder().spread(Spread.PREDICTED).build());
        settings.put(
                "predicted_std_detached",
                LossSettings.builder().spread(Spread.DETACHED).build());
        settings.put("open_set", LossSettings.builder().closedSet(false).build());
        settings.put(
                "binary_fidelity",
                LossSettings.builder().rank(Rank.BINARY_FIDELITY).build());
        settings.put(
                "binary_bce",
                LossSettings.builder().rank(Rank.BINARY_CROSS_ENTROPY).build());
        settings.put("in_level", LossSettings.builder().inLevelWeight(0.5).build());
        settings.put("one_hot", LossSettings.builder().softLabels(false).build());
        return settings;
    }
}
