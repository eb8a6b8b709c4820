package io.github.deqa4j.testkit;

import org.opentest4j.TestAbortedException;

/** Skips a test that needs files outside the project, because the environment variable with their folder is not set. */
final class MissingVariableException extends TestAbortedException {
    private final String variable;

    MissingVariableException(String variable, String path) {
        super(variable + " is not set: the golden " + path + " is not compared");
        this.variable = variable;
    }

    String variable() {
        return variable;
    }
}
