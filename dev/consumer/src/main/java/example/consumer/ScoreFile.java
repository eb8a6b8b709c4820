package example.consumer;

import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import java.nio.file.Path;

/** Prints the score of an image, with all digits. */
public final class ScoreFile {
    private ScoreFile() {}

    public static void main(String[] args) {
        try (Scorer scorer = Scorers.open(ModelSource.bundled())) {
            System.out.println(scorer.score(Path.of(args[0])).score());
        }
    }
}
