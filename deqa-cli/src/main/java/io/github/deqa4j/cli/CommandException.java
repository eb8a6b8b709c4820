package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import java.util.Locale;
import java.util.function.Supplier;

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

    /** A setting that cannot be; names the option that gives it. */
    static CommandException usage(InvalidSettingException e) {
        return usage(e.getMessage()
                + e.setting().map(name -> " (--" + dashed(name) + ")").orElse(""));
    }

    /** The name of an option: {@code maxPixels} is {@code max-pixels}. */
    private static String dashed(String setting) {
        return setting.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The result of work whose failure means that the command was called wrongly. */
    static <T> T orUsage(Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidSettingException e) {
            throw usage(e);
        } catch (DeqaException e) {
            throw usage(e.getMessage());
        }
    }

    /** The result of work on a model, whose failure means that it cannot be loaded, or that it was named wrongly. */
    static <T> T orNoModel(Supplier<T> work) {
        try {
            return work.get();
        } catch (CommandException e) {
            throw e;
        } catch (InvalidSettingException e) {
            throw usage(e);
        } catch (DeqaException e) {
            throw new CommandException(ExitCode.NO_MODEL, e.getMessage());
        }
    }

    /** Makes a check whose failure means that the command was called wrongly. */
    static void requireUsage(Runnable check) {
        orUsage(() -> {
            check.run();
            return ExitCode.OK;
        });
    }

    int exitCode() {
        return exitCode;
    }
}
