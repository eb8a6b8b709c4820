package io.github.deqa4j.spring;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Has each scorer score an image and learn what its model is, before Spring Boot says that the application is ready. A model that
 * gives no score fails the start. The first score is slow, and the model is hashed here, so that no request waits for either.
 */
final class ScorerWarmUp implements ApplicationRunner {
    private final ObservedScorers scorers;

    ScorerWarmUp(ObservedScorers scorers) {
        this.scorers = scorers;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        scorers.opened().forEach(ObservedScorer::warmUp);
    }
}
