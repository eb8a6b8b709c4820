package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.train.Trainer;
import io.github.deqa4j.train.TrainingResult;
import io.github.deqa4j.train.config.ConfigFile;
import io.github.deqa4j.train.config.TrainingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deqa train}: rated pictures in, a network out. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains a network on rated pictures, in full or as a LoRA adapter, as a YAML file says.",
        footer = {
            "%nA run that was stopped with Ctrl-C, or killed, goes on with --resume.",
            "%nExit status: 0 finished, 130 stopped by Ctrl-C (143 by SIGTERM) with everything saved, "
                    + "1 it cannot go on, 2 wrong usage or settings."
        })
final class TrainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "settings (docs/training.yaml explains them)")
    private Path config = Path.of("training.yaml");

    @Option(names = "--resume", description = "go on from the newest checkpoint in the output directory")
    private boolean resume;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting that counts more than the file's, such as schedule.epochs=1; may be repeated")
    private List<String> overrides = List.of();

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        TrainingConfig settings = settings();
        try (StopOnSignal stop = new StopOnSignal(terminal, "stopping after this step, which is then saved …");
                TrainingProgress progress = new TrainingProgress(terminal)) {
            TrainingResult result = new Trainer(settings, progress, stop::requested).train(resume);
            progress.close();
            terminal.err().println(ending(result));
            return ExitCode.OK;
        }
    }

    private TrainingConfig settings() {
        try {
            return ConfigFile.read(config, overrides);
        } catch (DeqaException e) {
            throw CommandException.usage(e.getMessage());
        }
    }

    private String ending(TrainingResult result) {
        return switch (result.ending()) {
            case FINISHED -> "finished after " + result.steps() + " steps; the network is in " + result.output();
            case NO_GAIN ->
                "ended after " + result.steps() + " steps without a better evaluation; the last network is in "
                        + result.output() + ", the best beside it in best";
            case INTERRUPTED ->
                "stopped after " + result.steps() + " steps, all saved; go on with: deqa train --config " + config
                        + overrides.stream().map(text -> " --set " + text).reduce("", String::concat) + " --resume";
        };
    }
}
