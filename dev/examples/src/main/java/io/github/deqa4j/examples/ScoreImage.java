package io.github.deqa4j.examples;

import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import java.nio.file.Path;

/** How good does this image look? {@code ScoreImage IMAGE} */
public final class ScoreImage {
    private ScoreImage() {}

    public static void main(String[] args) {
        try (Scorer scorer = Scorers.open(ModelSource.bundled())) {
            QualityScore quality = scorer.score(Path.of(args[0]));
            System.out.printf("%.2f ± %.2f %s%n", quality.score(), quality.std(), quality.probabilities());
        }
    }
}
