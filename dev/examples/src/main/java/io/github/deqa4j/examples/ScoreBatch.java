package io.github.deqa4j.examples;

import io.github.deqa4j.score.BatchOptions;
import io.github.deqa4j.score.BatchScorer;
import io.github.deqa4j.score.Outcome;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Scores many images with bounded memory, in half precision: {@code ScoreBatch MODEL_DIRECTORY IMAGE…} */
public final class ScoreBatch {
    private ScoreBatch() {}

    public static void main(String[] args) {
        ModelSource model = ModelSource.directory(Path.of(args[0]));
        List<Path> images = Arrays.stream(args).skip(1).map(Path::of).toList();
        try (Scorer scorer = Scorers.open(model, ScorerSettings.defaults().withPrecision(Precision.BF16));
                BatchScorer batch = BatchScorer.of(scorer, BatchOptions.defaults())) {
            batch.score(images, ScoreBatch::print);
        }
    }

    private static void print(Outcome<Path> outcome) {
        if (outcome instanceof Outcome.Scored<Path> scored) {
            System.out.println(scored.item() + ": " + scored.quality().score());
        } else if (outcome instanceof Outcome.Failed<Path> failed) {
            System.out.println(failed.error().getMessage());
        }
    }
}
