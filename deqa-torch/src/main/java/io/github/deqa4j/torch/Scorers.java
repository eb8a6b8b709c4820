package io.github.deqa4j.torch;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Opens scorers.
 *
 * <pre>{@code
 * try (Scorer scorer = Scorers.open(ModelSource.bundled())) {
 *     QualityScore quality = scorer.score(Path.of("photo.jpg"));
 * }
 * }</pre>
 */
public final class Scorers {
    private Scorers() {}

    /** Opens a model with {@link ScorerSettings#defaults}; otherwise as {@link #open(ModelSource, ScorerSettings)}. */
    public static Scorer open(ModelSource source) {
        return open(source, ScorerSettings.defaults());
    }

    /**
     * Loads a model.
     *
     * @throws ModelLoadException if it cannot be loaded; the message names the file or the tensor at fault
     * @throws InvalidSettingException if a setting does not go with the model, or the device is not there
     */
    public static Scorer open(ModelSource source, ScorerSettings settings) {
        return loading(() -> TorchScorer.open(files(source, settings), settings));
    }

    /**
     * Tells what {@link Scorer#model} of a scorer will say, without loading the model. Every byte of it is read, which takes
     * up to half a minute for 16 GB.
     *
     * @param size told, before they are read, how many bytes of weights there are
     * @throws ModelLoadException if a file of the model is missing, malformed, or cannot be read
     */
    public static ModelInfo identify(ModelSource source, ScorerSettings settings, LongConsumer size) {
        return loading(() -> ModelIdentity.of(files(source, settings), settings, size));
    }

    /** Tells what gives the scores; otherwise as {@link #identify(ModelSource, ScorerSettings, LongConsumer)}. */
    public static ModelInfo identify(ModelSource source, ScorerSettings settings) {
        return identify(source, settings, bytes -> {});
    }

    /**
     * Whether a model is asked in words, so that it has a prompt and a tokenizer. Only its {@code config.json} is read.
     *
     * @throws ModelLoadException if that file is missing or malformed
     */
    public static boolean readsText(ModelSource source) {
        return loading(() ->
                NetworkArchitecture.of(files(source, ScorerSettings.defaults())).readsText());
    }

    static <T> T loading(Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidSettingException | ModelLoadException e) {
            throw e;
        } catch (DeqaException e) {
            throw new ModelLoadException(e.getMessage(), e);
        }
    }

    private static ModelFiles files(ModelSource source, ScorerSettings settings) {
        if (source instanceof ModelSource.Hub hub) {
            return files(hub.fetch(settings.warnings()), settings);
        }
        if (source instanceof ModelSource.Directory directory) {
            return ModelFiles.open(Optional.of(directory.model()), directory.base(), directory.tokenizer());
        }
        return ModelFiles.open(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
