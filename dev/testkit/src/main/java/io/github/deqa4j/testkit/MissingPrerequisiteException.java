package io.github.deqa4j.testkit;

import org.opentest4j.TestAbortedException;

/** Skips a test that needs what is not part of the project: files that an environment variable names, or a program. */
public final class MissingPrerequisiteException extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    private final String prerequisite;

    /**
     * A reason to skip a test.
     *
     * @param prerequisite one word by which such tests are counted: the variable or the program
     */
    public MissingPrerequisiteException(String prerequisite, String message) {
        super(message);
        this.prerequisite = prerequisite;
    }

    String prerequisite() {
        return prerequisite;
    }
}
