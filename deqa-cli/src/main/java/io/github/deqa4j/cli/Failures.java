package io.github.deqa4j.cli;

import io.github.deqa4j.ScoringException;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.score.Outcome;

/** Why an image has no score, in one sentence that begins with its name. */
final class Failures {
    private static final String HEAP_OPTION = "-Xmx";

    private Failures() {}

    /** The sentence. The network does not know the image's name, so it is added to what the network says. */
    static String of(String name, Outcome.Failed<?> failed) {
        Throwable error = failed.error();
        if (error instanceof OutOfMemoryError) {
            return name + ": the image does not fit into memory; " + moreMemory();
        }
        String problem = Deqa.describe(error);
        if (error instanceof UnreadableImageException e && e.reason() == UnreadableImageException.Reason.MEMORY) {
            // the library knows Java's option and not this program's way to give it
            return problem + "; deqa takes " + HEAP_OPTION + " from DEQA_JAVA_OPTIONS";
        }
        return error instanceof ScoringException ? name + ": " + problem : problem;
    }

    /** How a user gives this program more memory. */
    static String moreMemory() {
        return "it is " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB now, and Java's option " + HEAP_OPTION
                + " raises it, which deqa takes from DEQA_JAVA_OPTIONS";
    }
}
