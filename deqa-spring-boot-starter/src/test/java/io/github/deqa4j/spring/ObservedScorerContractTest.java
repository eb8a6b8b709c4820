package io.github.deqa4j.spring;

import io.github.deqa4j.contract.ScorerContract;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import java.util.List;

/** An observed scorer keeps what the scorer inside promises. */
class ObservedScorerContractTest extends ScorerContract {
    private static final ModelSource MODEL = ModelSource.directory(Golden.mini().resolve("compact"));

    @Override
    protected Scorer open(Precision precision, int batch) {
        ScorerSettings settings =
                ScorerSettings.defaults().withPrecision(precision).withBatch(batch);
        return new ObservedScorer("bean", Scorers.open(MODEL, settings), List.of());
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
        try (Scorer scorer = Scorers.open(MODEL, ScorerSettings.defaults().withBatch(2))) {
            return scorer.batch() == 2;
        }
    }
}
