package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.ScoringException;
import io.github.deqa4j.score.Outcome;

/** Why an image has no score, in one sentence that begins with its name. */
final class Failures {
    private Failures() {}

    /** The sentence; the network does not know the name, so it is added to what the network says. */
    static String of(String name, Outcome<?> outcome) {
        DeqaException error = ((Outcome.Failed<?>) outcome).error();
        return error instanceof ScoringException ? name + ": " + error.getMessage() : error.getMessage();
    }
}
