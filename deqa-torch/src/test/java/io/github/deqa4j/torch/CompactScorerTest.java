package io.github.deqa4j.torch;

import io.github.deqa4j.contract.ScorerContract;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.nn.Engine;
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
    protected Scorer open(Precision precision, int batch) {
        return Scorers.open(
                ModelSource.directory(model.resolve("model")),
                ScorerSettings.defaults().withPrecision(precision).withBatch(batch));
    }

    @Override
    protected boolean makesMaps() {
        return true;
    }

    @Override
    protected boolean scoresDetail() {
        return true;
    }

    @Override
    protected boolean scoresTogether() {
        return Engine.equalRows();
    }
}
