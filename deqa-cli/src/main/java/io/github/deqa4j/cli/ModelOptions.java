package io.github.deqa4j.cli;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.network.BatchSize;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that runs a network. */
final class ModelOptions {
    private static final long LARGE = 1_000_000_000L;
    private static final int DIGITS = 9; // more than any number that is accepted has

    private final ModelPlaces places;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "directory of a checkpoint or of a LoRA adapter, or hub:owner/name[@revision] for one of the Hugging Face hub"
                            + " (default: the small network that ships inside)")
    private @Nullable String model;

    @Option(names = "--base", paramLabel = "DIR", description = "the model that the adapter adapts, named as --model")
    private @Nullable String base;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "tokenizer.model (default: in the model's directory or up to two above)")
    private @Nullable Path tokenizer;

    @Option(
            names = "--prompt",
            paramLabel = "PROMPT",
            description =
                    "scorer, evaluation, or a text with <|image|> in it, for a model that reads text (default: scorer; of "
                            + "predict: evaluation)")
    private @Nullable String prompt;

    @Option(
            names = "--precision",
            paramLabel = "FORMAT",
            description = "float32, bf16 or int8 (default: int8 for a quantized model, else float32)")
    private @Nullable String precision;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu or cuda:N (default: ${DEFAULT-VALUE})")
    private String device = "cpu";

    @Option(
            names = "--batch",
            paramLabel = "N|auto",
            defaultValue = "1",
            description =
                    "images of one size in a pass, or auto to measure how many are fastest; an incomplete pass is filled up. More than "
                            + "1 is faster on a GPU and on some CPUs, and changes scores by rounding (default: ${DEFAULT-VALUE})")
    private String batch = "1";

    @Option(names = "--exif", description = "turn images as their EXIF orientation says (the authors do not)")
    private boolean exif;

    ModelOptions(Terminal terminal) {
        places = new ModelPlaces(terminal);
    }

    /** The model asked for; one of the hub is fetched. */
    private ModelSource source() {
        return model == null
                ? ModelSource.bundled()
                : new ModelSource.Directory(
                        places.directory(model), places.optional(base), Optional.ofNullable(tokenizer));
    }

    /**
     * Fetches a model of the hub. A command does this before it listens to signals, so that they end a download at once.
     *
     * @throws CommandException with the status of a model that cannot be loaded
     */
    void fetch() {
        CommandException.orNoModel(this::source);
    }

    /** Checks the names of the model and its base before long work. */
    private void requireNames() {
        if (model == null && (base != null || tokenizer != null)) {
            throw CommandException.usage(
                    "the model that ships inside has no use for --base and --tokenizer; name the model that they belong to with --model, or leave them out");
        }
        ModelPlaces.requirePossible(model);
        ModelPlaces.requirePossible(base);
    }

    /**
     * The files of the model asked for.
     *
     * @throws io.github.deqa4j.DeqaException if there is no such model
     */
    ModelFiles files() {
        return ModelFiles.open(places.optional(model), places.optional(base), Optional.ofNullable(tokenizer));
    }

    /**
     * The settings asked for, of a model that can be named so.
     *
     * @throws CommandException with the status of wrong usage
     */
    ScorerSettings settings() {
        requireNames();
        return CommandException.orUsage(() -> {
            ScorerSettings settings =
                    ScorerSettings.defaults().withDevice(Device.parse(device)).withExif(exif);
            ScorerSettings formatted =
                    precision == null ? settings : settings.withPrecision(Precision.parse(precision));
            return batched(prompt == null ? formatted : formatted.withPrompt(Prompt.parse(prompt)));
        });
    }

    private ScorerSettings batched(ScorerSettings settings) {
        if (batch.equalsIgnoreCase("auto")) {
            return settings.withAutomaticBatch();
        }
        if (!batch.matches("-?[0-9]+")) {
            throw new InvalidSettingException(
                    "batch", "the batch \"" + batch + "\" is unknown; use a number from 1 to 256, or auto");
        }
        return settings.withBatch(batch.length() > DIGITS ? Integer.MAX_VALUE : Integer.parseInt(batch));
    }

    /** The same, but a model that reads text is asked with the prompt of the paper's tables, if no prompt is named. */
    ScorerSettings evaluationSettings() {
        ScorerSettings settings = settings();
        boolean usual = prompt == null && CommandException.orNoModel(() -> Scorers.readsText(source()));
        return usual ? settings.withPrompt(Prompt.EVALUATION) : settings;
    }

    /**
     * The share of mean opinions that are inside their intervals, read without the model's weights; empty if it tells no intervals.
     *
     * @throws CommandException with the status of a model that cannot be loaded
     */
    Optional<Double> coverage() {
        return CommandException.orNoModel(() -> NetworkArchitecture.of(files())
                .reliability()
                .map(file -> file.interval().coverage()));
    }

    /**
     * Opens the scorer.
     *
     * @throws CommandException with the status of a model that cannot be loaded, or of wrong usage where a setting does not go
     *     with it
     */
    Scorer open(ScorerSettings settings) {
        return CommandException.orNoModel(() -> Scorers.open(source(), settings));
    }

    /** What {@code --batch} came to, where it was not simply done. */
    static Optional<String> batchNote(OptionalInt asked, int batch) {
        if (asked.equals(OptionalInt.of(batch))) {
            return Optional.empty();
        }
        String images = batch == 1 ? "one image" : batch + " images of one size";
        return Optional.of(
                asked.isPresent()
                        ? "passes of " + images + ", since " + BatchSize.Reason.UNEQUAL_ROWS
                        : "automatic batch: passes of " + images);
    }

    /** Says {@link #batchNote} of a scorer. */
    static void tellBatch(ScorerSettings settings, Scorer scorer, Terminal terminal) {
        batchNote(settings.batch(), scorer.batch()).ifPresent(note -> {
            terminal.err().println(note);
            terminal.err().flush();
        });
    }

    /**
     * Tells what the scores will be of, by reading all of the model; says so where that takes a while.
     *
     * @throws CommandException with the status of a model that cannot be loaded
     */
    ModelInfo identify(ScorerSettings settings, Terminal terminal) {
        return CommandException.orNoModel(() -> Scorers.identify(source(), settings, bytes -> {
            if (bytes >= LARGE) {
                terminal.err()
                        .println(String.format(
                                Locale.ROOT,
                                "hashing %.1f GB of weights, so that the rows can name the model …",
                                bytes / 1e9));
                terminal.err().flush();
            }
        }));
    }
}
