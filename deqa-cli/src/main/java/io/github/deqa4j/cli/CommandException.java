package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;

/** A command that ends early: what to print and the status to leave with. */
final class CommandException extends DeqaException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
