package io.github.deqa4j.torch;

import io.github.deqa4j.score.Scorer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A network that gives the five logits itself. */
class CompactScorerTest extends ScorerContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path model;

    @BeforeAll
    static void writeModel() {
        CompactFiles.write(model.resolve("model"));
    }

    @Override
    Scorer open(ScorerSettings settings) {
        return Scorers.open(ModelSource.directory(model.resolve("model")), settings);
    }

    @Override
    boolean makesMaps() {
        return true;
    }
}
