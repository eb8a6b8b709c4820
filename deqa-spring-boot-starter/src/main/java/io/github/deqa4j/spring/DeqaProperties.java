package io.github.deqa4j.spring;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ModelSource.Hub;
import io.github.deqa4j.torch.ScorerSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code deqa.*}: which model scores, and how. The defaults are those of {@link ScorerSettings#defaults}.
 *
 * @param enabled Whether there is a scorer, with its health and metrics.
 * @param warmUp Whether an image is scored and the model is hashed before the application is ready.
 * @param model The model: "bundled" for the small network of deqa-model-compact, or a directory with a checkpoint or a LoRA adapter, or hub:owner/name[@revision].
 * @param base Directory of the model that the LoRA adapter adapts, or hub:owner/name[@revision].
 * @param tokenizer File "tokenizer.model"; by default that in the model's directory, or up to two above it.
 * @param prompt What a model that reads text is asked: "scorer", "evaluation", or a text with the mark for the image in it.
 * @param precision Number format of the weights: "float32", "bf16" or "int8"; by default int8 for a quantized model, else float32.
 * @param device Where to compute: "cpu", or "cuda:N" for a GPU.
 * @param exif Whether images are turned as their EXIF orientation says.
 * @param maxPixels The most pixels that an image may have, from 1 to 715827882.
 * @param maxPasses How many passes go through the network at once, at least 1; further threads wait.
 * @param batch How many images of one size go through the network together, from 1 to 256, or "auto" to measure how many are fastest.
 */
@ConfigurationProperties("deqa")
public record DeqaProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("true") boolean warmUp,
        @DefaultValue(BUNDLED) String model,
        @Nullable String base,
        @Nullable String tokenizer,
        @Nullable String prompt,
        @Nullable String precision,
        @DefaultValue("cpu") String device,
        @DefaultValue("false") boolean exif,
        @DefaultValue("178956970") int maxPixels,
        @DefaultValue("2") int maxPasses,
        @DefaultValue("1") String batch) {
    private static final String BUNDLED = "bundled";

    /**
     * The model asked for.
     *
     * @param notes is told, one sentence at a time, what is odd while a model of the hub is fetched
     * @throws InvalidSettingException if a value names no place, the values contradict each other, or a model of the hub cannot be fetched
     */
    public ModelSource source(Consumer<String> notes) {
        Path place = directory("model", model, notes);
        Optional<Path> adapted = Optional.ofNullable(base).map(value -> directory("base", value, notes));
        Optional<Path> words = Optional.ofNullable(tokenizer).map(value -> path("tokenizer", value));
        if (!model.equals(BUNDLED)) {
            return new ModelSource.Directory(place, adapted, words);
        }
        if (adapted.isPresent() || words.isPresent()) {
            throw new InvalidSettingException(
                    adapted.isPresent() ? "base" : "tokenizer",
                    "the model \"bundled\" has no use for it; name the model that it belongs to, or remove it");
        }
        return ModelSource.bundled();
    }

    /**
     * How to score.
     *
     * @throws InvalidSettingException if a value is none that its setting has
     */
    public ScorerSettings settings() {
        ScorerSettings settings = batched(ScorerSettings.defaults()
                .withDevice(Device.parse(device))
                .withExif(exif)
                .withMaxPixels(maxPixels)
                .withMaxPasses(maxPasses));
        ScorerSettings formatted = precision == null ? settings : settings.withPrecision(Precision.parse(precision));
        return prompt == null ? formatted : formatted.withPrompt(Prompt.parse(prompt));
    }

    private ScorerSettings batched(ScorerSettings settings) {
        if (batch.equals("auto")) {
            return settings.withAutomaticBatch();
        }
        try {
            return settings.withBatch(Integer.parseInt(batch));
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(
                    "batch", "\"" + batch + "\" is no number of images; use a number from 1 to 256, or auto");
        }
    }

    /** A directory that has a model; one of the hub is fetched. */
    private static Path directory(String setting, String value, Consumer<String> notes) {
        if (!value.startsWith(Hub.PREFIX)) {
            return path(setting, value);
        }
        try {
            return ModelSource.hub(value.substring(Hub.PREFIX.length()))
                    .fetch(notes)
                    .model();
        } catch (DeqaException e) {
            InvalidSettingException invalid = new InvalidSettingException(setting, e.getMessage());
            invalid.initCause(e);
            throw invalid;
        }
    }

    private static Path path(String setting, String value) {
        if (value.isBlank()) {
            throw new InvalidSettingException(setting, "the value is empty; name a place, or remove the property");
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new InvalidSettingException(setting, "\"" + value + "\" is no path (" + e.getReason() + ")");
        }
    }
}
