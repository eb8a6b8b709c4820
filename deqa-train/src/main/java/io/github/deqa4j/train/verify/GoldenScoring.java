package io.github.deqa4j.train.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TokenIds;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.model.PromptPrefix;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.StageClock;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The recorded scores of a model, with both prompts, from the recorded pixel values. */
final class GoldenScoring {
    /** Probabilities and scores are compared absolutely: with {@link GoldenComparison#TOLERANCE}, to 1e-5. */
    private static final double SCALE = 0.1;

    private final GoldenFile golden;
    private final DeqaModel model;
    private final int[] levels;
    private final List<Difference> differences = new ArrayList<>();

    private GoldenScoring(GoldenFile golden, DeqaModel model, int[] levels) {
        this.golden = golden;
        this.model = model;
        this.levels = levels;
    }

    static List<Difference> compare(
            GoldenFile golden, DeqaModel model, SentencePieceTokenizer tokenizer, int[] levels) {
        GoldenScoring scoring = new GoldenScoring(golden, model, levels);
        scoring.compare("scorer", TokenIds.of(Prompt.SCORER, tokenizer));
        scoring.compare("evaluation", TokenIds.of(Prompt.EVALUATION, tokenizer));
        return scoring.differences;
    }

    private void compare(String prompt, TokenIds ids) {
        int[] expected = GoldenFile.ints(golden.get("prompt." + prompt + ".ids"));
        boolean same = Arrays.equals(expected, ids.joined());
        differences.add(new Difference(prompt + ": ids that differ", 0, same ? 0 : 1, 1));
        float[] logits = logits(ids);
        JsonNode probabilities = golden.get(prompt + ".level_probs");
        for (int image = 0; image < probabilities.size(); image++) {
            LevelProbabilities found = softmax(logits, image);
            String what = prompt + ": image " + image + ", ";
            double[] p = GoldenFile.doubles(probabilities.get(image));
            for (int i = 0; i < p.length; i++) {
                add(what + "level " + i, p[i], found.toArray()[i]);
            }
            add(what + "score", golden.get(prompt + ".score").path(image).doubleValue(), found.mean());
            add(what + "std", golden.get(prompt + ".std").path(image).doubleValue(), found.std());
        }
    }

    private float[] logits(TokenIds ids) {
        TensorEntry images = golden.tensor("pixel_values");
        try (NativeScope scope = NativeScope.inference();
                PromptPrefix prefix = model.prefix(ids.before())) { // as scorers compute it
            return Tensors.toFloats(model.lastLogits(
                    Tensors.of(images.toFloats(), images.shape()), prefix, ids.after(), levels, StageClock.NONE));
        }
    }

    private LevelProbabilities softmax(float[] logits, int row) {
        double[] five = new double[levels.length];
        for (int i = 0; i < five.length; i++) {
            five[i] = logits[row * levels.length + i];
        }
        return LevelProbabilities.softmax(five);
    }

    private void add(String what, double expected, double found) {
        differences.add(new Difference(what, expected, found, SCALE));
    }
}
