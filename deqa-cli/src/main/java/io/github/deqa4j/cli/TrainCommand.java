package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.torch.distributed.C10dProcessGroup;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.distributed.RankInfo;
import io.github.deqa4j.torch.distributed.RankMonitor;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.train.Trainer;
import io.github.deqa4j.train.TrainingListener;
import io.github.deqa4j.train.TrainingResult;
import io.github.deqa4j.train.checkpoint.ResumableException;
import io.github.deqa4j.train.config.ConfigFile;
import io.github.deqa4j.train.config.SettingsException;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.LabelException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deqa train}: rated images in, a network out. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains a network on rated images, in full or as a LoRA adapter, as a YAML file says.",
        footer = {
            "%nA run that was stopped with Ctrl-C, or killed, goes on with --resume, in as many processes as you like.",
            "With torchrun's environment variables (RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR, MASTER_PORT) it is one"
                    + " rank of several, which may be on several machines.",
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

    @Option(
            names = "--nproc",
            paramLabel = "N",
            defaultValue = "1",
            description = "processes on this machine that divide each batch among themselves; the result is that of one"
                    + " (default: ${DEFAULT-VALUE})")
    private int processes = 1;

    @Option(names = "--launched", hidden = true)
    private boolean launched;

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        TrainingConfig settings = settings();
        Optional<RankInfo> member = member();
        if (member.isPresent()) {
            return member(settings, member.get());
        }
        return processes == 1 ? first(settings, ProcessGroup.alone()) : launch(settings);
    }

    /** Starts the other ranks, and is the first one. */
    private int launch(TrainingConfig settings) {
        CommandException.requireUsage(() -> settings.requirePartFor(processes));
        Engine.shareProcessors(processes);
        try (RankProcesses others = new RankProcesses(terminal, processes, arguments());
                ProcessGroup group = others.join(Device.parse(settings.model().device()))) {
            return first(settings, group);
        }
    }

    /** Is one of the ranks that something else started. */
    private int member(TrainingConfig settings, RankInfo member) {
        if (launched) {
            endWithInput();
        } else {
            terminal.err()
                    .println("rank " + member.rank() + " of " + member.size() + " meets the others at " + member.host()
                            + ":" + member.port());
            terminal.err().flush();
        }
        try (ProcessGroup group =
                new C10dProcessGroup(member, Device.parse(settings.model().device()), RankMonitor.NONE)) {
            return group.first() ? first(settings, group) : other(settings, group);
        } catch (DeqaException e) {
            if (launched) {
                return ExitCode.SOME_FAILED; // the first rank says it
            }
            throw e;
        }
    }

    private int first(TrainingConfig settings, ProcessGroup group) {
        try (StopOnSignal stop = new StopOnSignal(terminal, "stopping after this step, which is then saved …");
                TrainingProgress progress = new TrainingProgress(terminal)) {
            TrainingResult result = new Trainer(settings, group, progress, stop::requested).train(resume);
            progress.close();
            terminal.err().println(ending(result));
            return status(result);
        } catch (SettingsException e) {
            throw CommandException.usage(config + ": " + e.getMessage());
        } catch (LabelException e) {
            throw new DeqaException(e.getMessage() + " (with: " + labelsCommand(e.remedy()) + ")", e);
        } catch (ResumableException e) {
            throw new DeqaException(e.getMessage() + " (with: " + resumeCommand() + ")", e);
        }
    }

    private static String labelsCommand(LabelException.Remedy remedy) {
        return switch (remedy) {
            case GENERATE -> "deqa labels";
            case RENORMALIZE -> "deqa labels --renormalize";
        };
    }

    /** A rank that was not signalled itself must not look finished to whoever started it. */
    private int status(TrainingResult result) {
        return result.ending() == TrainingResult.Ending.INTERRUPTED && !launched ? ExitCode.STOPPED : ExitCode.OK;
    }

    private int other(TrainingConfig settings, ProcessGroup group) {
        try (StopOnSignal stop = new StopOnSignal(terminal, "")) {
            return status(new Trainer(settings, group, new TrainingWarnings(terminal), stop::requested).train(resume));
        }
    }

    private Optional<RankInfo> member() {
        Optional<RankInfo> member = CommandException.orUsage(() -> RankInfo.of(System.getenv()));
        if (member.isPresent() && processes != 1) {
            throw CommandException.usage("--nproc is " + processes + ", but the environment variables RANK and"
                    + " WORLD_SIZE say that this is one of several processes already; leave one of the two out");
        }
        return member.filter(several -> several.size() > 1);
    }

    /** Who started this process keeps its input open, and cannot close it otherwise than by ending, however it ends. */
    private void endWithInput() {
        Thread watch = new Thread(
                () -> {
                    try {
                        terminal.in().transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        terminal.err().println("the first rank is gone (" + e.getMessage() + ")");
                    }
                    Runtime.getRuntime().halt(ExitCode.SOME_FAILED);
                },
                "watch-the-first-rank");
        watch.setDaemon(true);
        watch.start();
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("train", "--launched", "--config", config.toString()));
        overrides.forEach(text -> arguments.addAll(List.of("--set", text)));
        return arguments;
    }

    private TrainingConfig settings() {
        if (processes < 1) {
            throw CommandException.usage("--nproc is " + processes + "; it must be 1 or more");
        }
        return CommandException.orUsage(() -> ConfigFile.read(config, overrides, "--set"));
    }

    private String ending(TrainingResult result) {
        return switch (result.ending()) {
            case FINISHED -> "finished after " + result.steps() + " steps; the network is in " + result.output();
            case NO_GAIN ->
                "ended after " + result.steps() + " steps without a better evaluation; the last network is in "
                        + result.output() + ", the best beside it in best";
            case INTERRUPTED -> "stopped after " + result.steps() + " steps, all saved; go on with: " + resumeCommand();
        };
    }

    private String resumeCommand() {
        return "deqa train --config " + config
                + overrides.stream().map(text -> " --set " + text).reduce("", String::concat)
                + (processes == 1 ? "" : " --nproc " + processes) + " --resume";
    }

    /** Prints warnings alone, for every rank but the first. */
    private record TrainingWarnings(Terminal terminal) implements TrainingListener {
        @Override
        public void warned(String sentence) {
            terminal.err().println("warning: " + sentence);
            terminal.err().flush();
        }
    }
}
