package io.github.deqa4j.torch.infer;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to open a scorer.
 *
 * @param model directory of a checkpoint or a LoRA adapter; empty for the model that ships as {@code deqa-model-compact}
 * @param base directory of the model that the adapter adapts; empty for a full checkpoint
 * @param tokenizer a tokenizer file; empty for the one in the model's directory or above it
 * @param prompt the question asked for, which only a network that reads text can answer; empty for the usual one
 * @param usualPrompt what a network that reads text is asked where nothing else is
 * @param precision number format of the weights
 * @param device where to compute
 * @param reader how image files are read; what becomes of gray of more than eight bits, the network decides
 */
public record ScorerSettings(
        Optional<Path> model,
        Optional<Path> base,
        Optional<Path> tokenizer,
        Optional<Prompt> prompt,
        Prompt usualPrompt,
        Precision precision,
        Device device,
        ReaderSettings reader) {

    /**
     * Checks what goes together.
     *
     * @throws InvalidSettingException if there is a base or a tokenizer, and no model that they could belong to
     */
    public ScorerSettings {
        if (model.isEmpty() && (base.isPresent() || tokenizer.isPresent())) {
            throw new InvalidSettingException(
                    "the model that ships inside has no use for --base and --tokenizer; name the model "
                            + "that they belong to with --model, or leave them out");
        }
    }

    /** The settings of the authors' public scorer: its prompt, float32, on the CPU. */
    public static ScorerSettings of(Path model) {
        return of(Optional.of(model));
    }

    /** The model that ships as {@code deqa-model-compact}, in float32, on the CPU. */
    public static ScorerSettings bundled() {
        return of(Optional.empty());
    }

    private static ScorerSettings of(Optional<Path> model) {
        return new ScorerSettings(
                model,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Prompt.SCORER,
                Precision.FLOAT32,
                Device.CPU,
                ReaderSettings.standard());
    }

    public ScorerSettings withBase(Path newBase) {
        return new ScorerSettings(
                model, Optional.of(newBase), tokenizer, prompt, usualPrompt, precision, device, reader);
    }

    public ScorerSettings withTokenizer(Path newTokenizer) {
        return new ScorerSettings(
                model, base, Optional.of(newTokenizer), prompt, usualPrompt, precision, device, reader);
    }

    public ScorerSettings withPrompt(Prompt newPrompt) {
        return new ScorerSettings(
                model, base, tokenizer, Optional.of(newPrompt), usualPrompt, precision, device, reader);
    }

    public ScorerSettings withUsualPrompt(Prompt newPrompt) {
        return new ScorerSettings(model, base, tokenizer, prompt, newPrompt, precision, device, reader);
    }

    public ScorerSettings withPrecision(Precision newPrecision) {
        return new ScorerSettings(model, base, tokenizer, prompt, usualPrompt, newPrecision, device, reader);
    }

    public ScorerSettings withDevice(Device newDevice) {
        return new ScorerSettings(model, base, tokenizer, prompt, usualPrompt, precision, newDevice, reader);
    }

    public ScorerSettings withReader(ReaderSettings newReader) {
        return new ScorerSettings(model, base, tokenizer, prompt, usualPrompt, precision, device, newReader);
    }
}
