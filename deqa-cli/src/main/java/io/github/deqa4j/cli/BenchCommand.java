package io.github.deqa4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.bench.Benchmark;
import io.github.deqa4j.torch.bench.BenchmarkReport;
import io.github.deqa4j.torch.bench.BenchmarkSettings;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.nn.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deqa bench}: how fast a network scores on this machine, and how fast it could. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures how fast a network scores on this machine's processor, and how fast the machine could.",
        footer =
                "%nExit status: 0 done, 1 an image cannot be read, 2 wrong usage, 3 the model cannot be used, 130 stopped by Ctrl-C.")
final class BenchCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    private final Terminal terminal;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "image files, folders or globs in quotes, scored in turns (default: a drawn image)")
    private List<String> paths = List.of();

    @Mixin
    private final ModelOptions model;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "10",
            description = "passes that are measured, after three others (default: ${DEFAULT-VALUE})")
    private int runs = 10;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json (default: ${DEFAULT-VALUE})")
    private Format format = Format.TABLE;

    /** How the report is printed. */
    enum Format {
        TABLE,
        JSON
    }

    private BenchCommand(Terminal terminal) {
        this.terminal = terminal;
        model = new ModelOptions(terminal);
    }

    /** The command, which has no {@code --device}: it measures the processor. */
    static CommandLine commandLine(Terminal terminal) {
        CommandLine line = new CommandLine(new BenchCommand(terminal));
        CommandSpec spec = line.getCommandSpec();
        spec.remove(spec.findOption("--device"));
        return line;
    }

    @Override
    public Integer call() {
        ScorerSettings scoring = model.settings();
        BenchmarkSettings settings =
                CommandException.orUsage(() -> new BenchmarkSettings(images(), scoring.batch(), runs, scoring.exif()));
        ModelFiles files = CommandException.orNoModel(model::files);
        NetworkSettings network = network(scoring, CommandException.orNoModel(() -> NetworkArchitecture.of(files)));
        Optional<BenchmarkReport> report;
        try (StopOnSignal stop = new StopOnSignal(terminal, "stopping as soon as the pass at hand is done …");
                Progress progress = new Progress(terminal, "steps", Benchmark.steps(settings))) {
            report = run(new Benchmark(files, network, settings, progress::step, stop::requested));
            report.ifPresent(this::print);
        }
        return report.isPresent() ? ExitCode.OK : ExitCode.STOPPED;
    }

    private static NetworkSettings network(ScorerSettings settings, NetworkArchitecture architecture) {
        return new NetworkSettings(
                settings.prompt(),
                Prompt.SCORER,
                settings.precision().orElse(architecture.usualPrecision()),
                settings.device(),
                new RandomStream(0)); // scoring draws nothing from it
    }

    private List<EncodedImage> images() {
        return ImageList.flat(new NameList(terminal.in(), false)).expand(paths).stream()
                .map(ImageList.Entry::encoded)
                .toList();
    }

    private static Optional<BenchmarkReport> run(Benchmark benchmark) {
        return CommandException.orNoModel(() -> {
            try {
                return benchmark.run();
            } catch (UnreadableImageException e) { // not the model's fault
                throw new CommandException(ExitCode.SOME_FAILED, e.getMessage());
            }
        });
    }

    private void print(BenchmarkReport report) {
        try {
            terminal.out().print(format == Format.JSON ? JSON.writeValueAsString(report) + "\n" : BenchText.of(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
