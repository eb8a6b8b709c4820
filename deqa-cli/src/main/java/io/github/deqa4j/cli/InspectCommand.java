package io.github.deqa4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelInspector;
import io.github.deqa4j.torch.load.ModelReport;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deqa inspect}: what a checkpoint is, what the network sees of an image, how a text becomes token ids. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Says what a checkpoint is; or shows what the network sees of an image or reads of a text.",
        footer =
                "%nExit status: 0 all names and shapes agree, 1 they do not or the image cannot be read, 2 wrong usage, 3 the checkpoint cannot be read.")
final class InspectCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    private final Terminal terminal;
    private final ModelPlaces places;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description =
                    "directory of a checkpoint or an adapter, or hub:owner/name[@revision] (default: the small network that"
                            + " ships inside)")
    private @Nullable String directory;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "directory of the model that the adapter adapts, or hub:owner/name[@revision]")
    private @Nullable String base;

    @Option(names = "--json", description = "print the report as JSON")
    private boolean json;

    @Option(
            names = "--tensors",
            description = "list every weight of the checkpoint, or of the adapter's base: its name, type and shape")
    private boolean tensors;

    @Option(names = "--picture", paramLabel = "FILE", description = "an image, to be shown as the network sees it")
    private @Nullable Path image;

    @Option(names = "--seen", paramLabel = "OUT.png", description = "where to write what the network sees")
    private @Nullable Path seen;

    @Option(names = "--exif", description = "turn the image as its EXIF orientation says")
    private boolean exif;

    @Option(names = "--text", paramLabel = "TEXT", description = "print the token ids of a text, as a JSON array")
    private @Nullable String text;

    InspectCommand(Terminal terminal) {
        this.terminal = terminal;
        places = new ModelPlaces(terminal);
    }

    @Override
    public Integer call() {
        if (directory == null && base != null) {
            throw CommandException.usage("--base needs the directory of the adapter that adapts it: deqa inspect DIR");
        }
        if ((image == null) != (seen == null)) {
            throw CommandException.usage("--picture and --seen go together: an image to read and a file to write");
        }
        if (directory == null && text != null) {
            throw CommandException.usage("--text needs the directory of a tokenizer: deqa inspect DIR");
        }
        if (json && (image != null || text != null || tensors)) {
            throw CommandException.usage("--json is for the report alone; leave it out");
        }
        ModelPlaces.requirePossible(directory);
        ModelPlaces.requirePossible(base);
        if (tensors) {
            printTensors();
        }
        if (image != null && seen != null) {
            writeSeen(image, seen);
        }
        if (directory != null && text != null) {
            printIds(directory, text);
        }
        return image == null && text == null && !tensors ? report() : ExitCode.OK;
    }

    private int report() {
        return CommandException.orNoModel(() -> {
            ModelFiles files = files();
            NetworkArchitecture architecture = NetworkArchitecture.of(files);
            ModelReport report = ModelInspector.inspect(files, architecture.description());
            terminal.out().print(json ? toJson(report) + "\n" : ReportText.of(report, architecture.reliability()));
            return report.agrees() ? ExitCode.OK : ExitCode.SOME_FAILED;
        });
    }

    private void printTensors() {
        Checkpoint checkpoint = CommandException.orNoModel(() -> files().checkpoint());
        checkpoint
                .tensors()
                .values()
                .forEach(tensor -> terminal.out()
                        .println(Printable.visible(tensor.name()) + " " + tensor.dtype() + " "
                                + Arrays.toString(tensor.shape())));
    }

    private void printIds(String name, String words) {
        SentencePieceTokenizer tokenizer = CommandException.orNoModel(() -> {
            Path model = places.directory(name);
            requireText(model);
            return SentencePieceTokenizer.read(ModelDirectory.findTokenizer(model));
        });
        terminal.out().println(toJson(tokenizer.encode(words)));
    }

    /** A directory with a tokenizer alone will do. */
    private void requireText(Path model) {
        if (Files.exists(model.resolve(ModelDirectory.CONFIG))
                && !NetworkArchitecture.of(files()).readsText()) {
            throw CommandException.usage(model + ": this model reads no text; leave --text out");
        }
    }

    private void writeSeen(Path from, Path to) {
        if (SameFile.isAmong(List.of(from), to)) {
            throw CommandException.usage(to + ": this is the image; name another file with --seen");
        }
        CommandException.requireUsage(() -> AtomicFile.requirePossible(to));
        ImageView view =
                CommandException.orNoModel(() -> NetworkArchitecture.of(files()).view());
        ReaderSettings settings =
                ReaderSettings.standard().withApplyExifOrientation(exif).withDeepGray(view.deepGray());
        RgbImage decoded = new ImageReader(settings)
                .withWarnings(warning -> terminal.err().println("deqa: " + warning))
                .read(from);
        PngFile.write(to, view.seen(decoded));
    }

    private ModelFiles files() {
        return ModelFiles.open(places.optional(directory), places.optional(base), Optional.empty());
    }

    private static String toJson(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
