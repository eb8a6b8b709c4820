package io.github.deqa4j.torch;

import io.github.deqa4j.score.Scorer;

/** A network that answers in words. */
class MiniScorerTest extends ScorerContract {
    @Override
    Scorer open(ScorerSettings settings) {
        return Scorers.open(ModelSource.directory(GoldenModel.mini().directory()), settings);
    }

    @Override
    boolean makesMaps() {
        return false;
    }
}
