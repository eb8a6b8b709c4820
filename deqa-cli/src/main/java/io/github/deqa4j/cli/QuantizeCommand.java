package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.OutputFolder;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.quantize.QuantizationReport;
import io.github.deqa4j.torch.quantize.QuantizationReport.LayerLoss;
import io.github.deqa4j.torch.quantize.Quantizer;
import io.github.deqa4j.torch.quantize.QuantizerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deqa quantize}: a large network with weights of 8-bit integers. */
@Command(
        name = "quantize",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Copies an mPLUG-Owl2 network with the weights of its linear layers as 8-bit integers: half the memory of bf16. "
                        + "Layers that would lose too much on some images are kept in bf16.",
        footer =
                "%nExit status: 0 written, 1 an image cannot be read or nothing can be written, 2 wrong usage, 3 the model cannot be used, 130 stopped by Ctrl-C.")
final class QuantizeCommand implements Callable<Integer> {
    private static final int LAYERS_SHOWN = 10;
    private static final String INT8 = "int8";
    private static final String INT4 = "int4";

    private final Terminal terminal;

    @Parameters(
            paramLabel = "DIR",
            description = "directory of a checkpoint or an adapter, or hub:owner/name[@revision]")
    private String directory = "";

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description =
                    "directory of the model that the adapter adapts, or hub:owner/name[@revision]; the copy has the two"
                            + " merged")
    private @Nullable String base;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "tokenizer.model (default: in the model's directory or up to two above)")
    private @Nullable Path tokenizer;

    @Option(names = "--to", paramLabel = "FORMAT", required = true, description = "int8")
    private String format = "";

    @Option(
            names = "--output",
            paramLabel = "DIR",
            required = true,
            description = "new directory, which appears when it is complete")
    private Path output = Path.of("");

    @Option(
            names = "--images",
            paramLabel = "PATH",
            arity = "1..*",
            description =
                    "image files, folders or globs in quotes, on which the losses of layers are measured (default: four "
                            + "drawn ones)")
    private List<String> images = List.of();

    @Option(
            names = "--largest-loss",
            paramLabel = "X",
            description =
                    "layers that lose more are kept: the mean over tokens of the relative error of the layer's output "
                            + "(default: " + QuantizerSettings.LARGEST_LOSS + ")")
    private double largestLoss = QuantizerSettings.LARGEST_LOSS;

    QuantizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        requireFormat();
        ModelPlaces.requirePossible(directory);
        ModelPlaces.requirePossible(base);
        CommandException.requireUsage(() -> OutputFolder.requireNew(output));
        QuantizerSettings settings = CommandException.orUsage(() -> new QuantizerSettings(encoded(), largestLoss));
        ModelFiles files = CommandException.orNoModel(this::files); // fetching ends at once when it is stopped
        try (StopOnSignal stop = new StopOnSignal(terminal, "stopping …");
                Steps steps = new Steps(terminal, stop)) {
            Quantizer quantizer = CommandException.orNoModel(() -> new Quantizer(files, settings, steps));
            return write(quantizer, steps);
        }
    }

    /** Says here that it was stopped: once signals are no longer awaited, the process ends at any moment. */
    private int write(Quantizer quantizer, Steps steps) {
        try {
            terminal.err().println("measuring what layers would lose …");
            terminal.err().flush();
            QuantizationReport report = quantizer.write(output);
            steps.close();
            print(report);
            return ExitCode.OK;
        } catch (StoppedException e) { // what was half-written is removed
            steps.close();
            terminal.err().println("deqa: stopped; nothing was written");
            return ExitCode.STOPPED;
        }
    }

    private static final class StoppedException extends DeqaException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped");
        }
    }

    private ModelFiles files() {
        ModelPlaces places = new ModelPlaces(terminal);
        return ModelFiles.open(
                Optional.of(places.directory(directory)), places.optional(base), Optional.ofNullable(tokenizer));
    }

    private void requireFormat() {
        if (format.equals(INT4)) {
            throw CommandException.usage(
                    "--to int4 is not offered: libtorch multiplies by 4-bit weights more slowly than"
                            + " by bf16 ones; use --to int8");
        }
        if (!format.equals(INT8)) {
            throw CommandException.usage("--to is \"" + format + "\"; it must be int8");
        }
    }

    private List<EncodedImage> encoded() {
        return ImageList.flat(new NameList(terminal.in(), false)).expand(images).stream()
                .map(ImageList.Entry::encoded)
                .toList();
    }

    private void print(QuantizationReport report) {
        List<LayerLoss> layers = report.layers();
        int kept = report.kept().size();
        terminal.out().println("mean loss  worst token  layer");
        layers.stream()
                .limit(Math.max(kept, LAYERS_SHOWN))
                .forEach(layer -> terminal.out()
                        .println(String.format(
                                Locale.ROOT,
                                "%9.4f  %11.4f  %s%s",
                                layer.meanLoss(),
                                layer.worstLoss(),
                                layer.layer(),
                                layer.kept() ? " (kept in bf16)" : "")));
        terminal.err()
                .println(output + ": " + (layers.size() - kept) + " of " + layers.size()
                        + " linear layers have weights of 8-bit integers; " + QuantizationReport.FILE
                        + " has the losses of all");
    }

    /** Shows one part of the work after the other. */
    private static final class Steps implements Quantizer.Listener, AutoCloseable {
        private final Terminal terminal;
        private final StopOnSignal stop;
        private Optional<Progress> shown = Optional.empty();

        Steps(Terminal terminal, StopOnSignal stop) {
            this.terminal = terminal;
            this.stop = stop;
        }

        @Override
        public Runnable begin(String unit, long steps) {
            close();
            Progress progress = new Progress(terminal, unit, steps);
            shown = Optional.of(progress);
            return () -> {
                if (stop.requested()) {
                    throw new StoppedException();
                }
                progress.step();
            };
        }

        @Override
        public void close() {
            shown.ifPresent(Progress::close);
        }
    }
}
