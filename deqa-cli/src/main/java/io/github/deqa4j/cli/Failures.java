package io.github.deqa4j.cli;

import io.github.deqa4j.ScoringException;
import io.github.deqa4j.score.Outcome;

/** Why an image has no score, in one sentence that begins with its name. */
final class Failures {
    private Failures() {}

    /** The sentence. The network does not know the image's name, so it is added to what the network says. */
    static String of(String name, Outcome.Failed<?> failed) {
        Throwable error = failed.error();
        if (error instanceof OutOfMemoryError) {
            return name + ": the image does not fit into memory; " + moreMemory();
        }
        return error instanceof ScoringException ? name + ": " + error.getMessage() : Deqa.describe(error);
    }

    /** How a user gives this program more memory. */
    static String moreMemory() {
        return "it is " + (Runtime.getRuntime().maxMemory() >> 20)
                + " MiB now, and Java's option -Xmx raises it, which deqa takes from DEQA_JAVA_OPTIONS";
    }
}
