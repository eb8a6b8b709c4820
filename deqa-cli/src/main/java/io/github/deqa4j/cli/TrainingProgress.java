package io.github.deqa4j.cli;

import io.github.deqa4j.train.TrainingListener;
import io.github.deqa4j.train.report.EvaluationRow;
import io.github.deqa4j.train.report.StepRow;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the progress of a training run: steps, speed, and the parts of the loss. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
    private final Terminal terminal;
    private @Nullable Progress progress;

    TrainingProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void prepared(RunSummary summary) {
        say(String.format(
                Locale.ROOT,
                "%d data set%s, %d items and %d steps an epoch; %,d of %,d weights are trained",
                summary.sets(),
                summary.sets() == 1 ? "" : "s",
                summary.itemsPerEpoch(),
                summary.stepsPerEpoch(),
                summary.trained(),
                summary.weights()));
    }

    @Override
    public void started(int done, int total) {
        if (done > 0) {
            say("resumed after step " + done + " of " + total);
        }
        progress = new Progress(terminal, "steps", total, done);
    }

    @Override
    public void stepped(StepRow row) {
        if (progress != null) {
            progress.step(", loss " + row.parts().describe());
        }
    }

    @Override
    public void evaluated(EvaluationRow row, boolean best) {
        say(String.format(
                Locale.ROOT,
                "step %d: SRCC %.4f, PLCC %.4f%s",
                row.step(),
                row.srcc(),
                row.plcc(),
                best ? ", the best so far" : ""));
    }

    @Override
    public void saved(Path checkpoint) {
        say("saved " + checkpoint);
    }

    @Override
    public void noted(String sentence) {
        say("note: " + sentence);
    }

    @Override
    public void warned(String sentence) {
        say("warning: " + sentence);
    }

    /** Removes the bar. */
    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }

    private void say(String line) {
        if (progress != null) {
            progress.line(line);
        } else {
            terminal.err().println(line);
            terminal.err().flush();
        }
    }
}
