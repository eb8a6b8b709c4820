package io.github.deqa4j.spring;

import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.score.Scorer;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of a scorer, which a probe gets in microseconds: it runs no network and reads no file. It is down when the scorer is
 * closed, or when a score has shown that the model gives none; up when it has given a score; and unknown before that.
 */
final class ScorerHealthIndicator extends AbstractHealthIndicator {
    private final ObservedScorer scorer;

    ScorerHealthIndicator(Scorer scorer) {
        this.scorer = scorer instanceof ObservedScorer observed ? observed : new ObservedScorer("", scorer, List.of());
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        scorer.knownModel().ifPresent(model -> builder.withDetail("model", model.identity()));
        Optional<UnusableModelException> failure = scorer.failure();
        if (!scorer.isOpen()) {
            builder.down().withDetail("reason", "the scorer is closed");
        } else if (failure.isPresent()) {
            builder.down().withDetail("reason", failure.get().getMessage());
        } else if (scorer.hasScored()) {
            builder.up();
        } else {
            builder.unknown().withDetail("reason", "no image has been scored yet");
        }
    }
}
