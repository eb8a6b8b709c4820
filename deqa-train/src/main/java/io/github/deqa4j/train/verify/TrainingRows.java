package io.github.deqa4j.train.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TrainingPrompt;
import io.github.deqa4j.torch.loss.RatingTensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The recorded training samples: conversations, ratings, and how they are paired. */
final class TrainingRows {
    private final GoldenFile golden;
    private final List<JsonNode> rows = new ArrayList<>();
    private final List<TrainingPrompt> prompts = new ArrayList<>();

    TrainingRows(GoldenFile golden, SentencePieceTokenizer tokenizer) {
        this.golden = golden;
        for (JsonNode row : golden.get("train.rows")) {
            JsonNode conversation = golden.get(row, "conversations");
            rows.add(row);
            prompts.add(TrainingPrompt.of(
                    tokenizer,
                    conversation.path(0).path("value").asText(),
                    conversation.path(1).path("value").asText()));
        }
    }

    /** Rows that are the side 0 (A) or 1 (B) of a pair. */
    int[] side(int side) {
        List<Integer> indices = new ArrayList<>();
        golden.get("train.pairs").forEach(pair -> indices.add(pair.get(side).intValue()));
        return indices.stream().mapToInt(Integer::intValue).toArray();
    }

    List<TrainingPrompt> prompts(int[] indices) {
        return IntStream.of(indices).mapToObj(prompts::get).toList();
    }

    RatingTensors ratings(int[] indices) {
        return RatingTensors.of(
                IntStream.of(indices)
                        .mapToObj(i -> GoldenFile.doubles(golden.get(rows.get(i), "level_probs")))
                        .toArray(double[][]::new),
                numbers(indices, "gt_score"),
                numbers(indices, "std"));
    }

    /** Whether our ids and labels are the authors': a difference of 0 or 1 for each row and kind. */
    List<Difference> idsAndLabels() {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            TrainingPrompt prompt = prompts.get(i);
            differences.add(same(
                    "input_ids of row " + i,
                    rows.get(i),
                    "input_ids",
                    prompt.ids().joined()));
            differences.add(same("labels of row " + i, rows.get(i), "labels", prompt.labels()));
        }
        return differences;
    }

    private Difference same(String what, JsonNode row, String key, int[] found) {
        boolean equal = Arrays.equals(GoldenFile.ints(golden.get(row, key)), found);
        return new Difference(what + " that differ", 0, equal ? 0 : 1, 1);
    }

    private double[] numbers(int[] indices, String key) {
        return IntStream.of(indices)
                .mapToDouble(i -> golden.get(rows.get(i), key).doubleValue())
                .toArray();
    }
}
