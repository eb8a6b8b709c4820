package io.github.deqa4j.spark;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ModelSource.Hub;
import io.github.deqa4j.torch.ScorerSettings;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkFiles;
import org.jspecify.annotations.Nullable;

/**
 * Which model scores, and how, as a driver tells its executors. Tasks with equal settings share a scorer.
 *
 * @param model {@link #BUNDLED}, a directory on each executor, {@code files:NAME} for a directory that Spark has distributed ({@code
 *     spark.archives}), or {@code hub:owner/name[@revision]}
 * @param base what the adapter {@code model} adapts, named as {@code model}; null for none
 * @param tokenizer a file {@code tokenizer.model} on each executor, or {@code files:NAME}; null for the model's own
 * @param prompt as {@link Prompt#parse}; null for the default
 * @param precision as {@link Precision#parse}; null for that of the model
 * @param device as {@link Device#parse}
 * @param exif as {@link ScorerSettings#exif}
 * @param maxPixels as {@link ScorerSettings#maxPixels}
 * @param batch as {@link ScorerSettings#batch}, or {@code auto}
 */
record ScoringSettings(
        String model,
        @Nullable String base,
        @Nullable String tokenizer,
        @Nullable String prompt,
        @Nullable String precision,
        String device,
        boolean exif,
        int maxPixels,
        String batch)
        implements Serializable {
    /** The small network on the class path. */
    static final String BUNDLED = "bundled";

    /** What a name begins with of a file or directory that Spark has distributed. */
    static final String FILES = "files:";

    static final String AUTOMATIC = "auto";

    static ScoringSettings defaults() {
        ScorerSettings usual = ScorerSettings.defaults();
        return new ScoringSettings(
                BUNDLED,
                null,
                null,
                null,
                null,
                usual.device().toString(),
                usual.exif(),
                usual.maxPixels(),
                Integer.toString(usual.batch().orElseThrow()));
    }

    ScoringSettings withModel(String place) {
        return new ScoringSettings(place, base, tokenizer, prompt, precision, device, exif, maxPixels, batch);
    }

    /**
     * The model asked for, on the machine that this runs on.
     *
     * @param notes is told, one sentence at a time, what is odd while a model of the hub is fetched
     * @throws InvalidSettingException if a value names no place, or the values contradict each other
     * @throws io.github.deqa4j.ModelLoadException if a model of the hub cannot be fetched
     */
    ModelSource source(Consumer<String> notes) {
        if (!model.equals(BUNDLED)) {
            return new ModelSource.Directory(
                    directory("model", model, notes),
                    Optional.ofNullable(base).map(place -> directory("base", place, notes)),
                    Optional.ofNullable(tokenizer).map(place -> path("tokenizer", place)));
        }
        if (base != null || tokenizer != null) {
            throw new InvalidSettingException(
                    base != null ? "base" : "tokenizer",
                    "the model \"" + BUNDLED
                            + "\" has no use for base and tokenizer; set model to the one that they belong to, or leave them out");
        }
        return ModelSource.bundled();
    }

    /**
     * How to score.
     *
     * @throws InvalidSettingException if a value is none that its setting has
     */
    ScorerSettings scorerSettings() {
        ScorerSettings settings = batched(ScorerSettings.defaults()
                .withDevice(Device.parse(device))
                .withExif(exif)
                .withMaxPixels(maxPixels));
        ScorerSettings formatted = precision == null ? settings : settings.withPrecision(Precision.parse(precision));
        return prompt == null ? formatted : formatted.withPrompt(Prompt.parse(prompt));
    }

    private ScorerSettings batched(ScorerSettings settings) {
        if (batch.equals(AUTOMATIC)) {
            return settings.withAutomaticBatch();
        }
        try {
            return settings.withBatch(Integer.parseInt(batch));
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(
                    "batch", "batch is \"" + batch + "\"; use a number from 1 to 256, or " + AUTOMATIC);
        }
    }

    /** A directory that has a model; one of the hub is fetched. */
    private static Path directory(String setting, String place, Consumer<String> notes) {
        return place.startsWith(Hub.PREFIX)
                ? ModelSource.hub(place.substring(Hub.PREFIX.length()))
                        .fetch(notes)
                        .model()
                : path(setting, place);
    }

    private static Path path(String setting, String place) {
        String local = place.startsWith(FILES) ? SparkFiles.get(place.substring(FILES.length())) : place;
        if (local.isBlank()) {
            throw new InvalidSettingException(setting, setting + " is empty; name a place, or leave the setting out");
        }
        try {
            return Path.of(local);
        } catch (InvalidPathException e) {
            throw new InvalidSettingException(
                    setting, setting + " is \"" + place + "\", which is no path (" + e.getReason() + ")");
        }
    }
}
