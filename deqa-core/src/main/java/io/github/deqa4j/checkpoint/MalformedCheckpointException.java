package io.github.deqa4j.checkpoint;

import io.github.deqa4j.DeqaException;

/** A weights file or shard index that breaks its format, or a pickle that asks to run code. */
@SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
public final class MalformedCheckpointException extends DeqaException {
    private static final long serialVersionUID = 1L;

    MalformedCheckpointException(String file, String problem) {
        super(file + ": " + problem);
    }

    /**
     * Checks a rule of a format.
     *
     * @param offset where in the file the rule is broken, in bytes
     * @param problem what is wrong, as a {@link String#formatted} pattern
     * @throws MalformedCheckpointException if the condition does not hold
     */
    static void verify(boolean condition, String file, long offset, String problem, Object... values) {
        if (!condition) {
            throw new MalformedCheckpointException(file, problem.formatted(values) + " (byte offset " + offset + ")");
        }
    }

    /** As {@link #verify(boolean, String, long, String, Object...)}, where the problem has no single offset. */
    static void verify(boolean condition, String file, String problem, Object... values) {
        if (!condition) {
            throw new MalformedCheckpointException(file, problem.formatted(values));
        }
    }
}
