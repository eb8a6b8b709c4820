package io.github.deqa4j.examples;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.infer.ScorerSettings;
import io.github.deqa4j.torch.infer.TorchScorer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Scores several images at once in half precision: {@code ScoreBatch MODEL_DIRECTORY PICTURE…} */
public final class ScoreBatch {
    private ScoreBatch() {}

    public static void main(String[] args) {
        ScorerSettings settings = ScorerSettings.of(Path.of(args[0])).withPrecision(Precision.BF16);
        try (Scorer scorer = TorchScorer.open(settings)) {
            List<RgbImage> images = Arrays.stream(args)
                    .skip(1)
                    .map(image -> scorer.reader().read(Path.of(image)))
                    .toList();
            for (QualityScore quality : scorer.scoreAll(images)) {
                System.out.println(
                        quality.score() + " " + quality.probabilities().mostLikely());
            }
        }
    }
}
