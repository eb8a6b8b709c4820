package io.github.deqa4j.cli;

/** What the process says to the shell. */
final class ExitCode {
    /** Everything was done. */
    static final int OK = 0;

    /** Something in the input was at fault: some images have no score, or names do not fit. */
    static final int SOME_FAILED = 1;

    /** The command was called wrongly. */
    static final int USAGE = 2;

    /** The model cannot be loaded. */
    static final int NO_MODEL = 3;

    /** Another process of this run was asked to stop, as the shell says it of one that was itself. */
    static final int STOPPED = 130;

    private ExitCode() {}
}
