package io.github.deqa4j.torch;

import io.github.deqa4j.contract.ScorerContract;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.nn.Engine;

/** A network that answers in words. */
class MiniScorerTest extends ScorerContract {
    @Override
    protected Scorer open(Precision precision, int batch) {
        return Scorers.open(
                ModelSource.directory(GoldenModel.mini().directory()),
                ScorerSettings.defaults().withPrecision(precision).withBatch(batch));
    }

    @Override
    protected boolean makesMaps() {
        return false;
    }

    @Override
    protected boolean scoresDetail() {
        return false;
    }

    @Override
    protected boolean scoresTogether() {
        return Engine.equalRows();
    }
}
