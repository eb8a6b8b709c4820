package io.github.deqa4j.train.config;

import io.github.deqa4j.torch.load.NetworkPart;
import io.github.deqa4j.torch.lora.LoraSettings;
import io.github.deqa4j.torch.lora.PeftNames;
import java.util.List;

/**
 * Which weights are trained.
 *
 * @param method whether the decoder is trained in full or through low-rank updates
 * @param lora the updates, for the method {@code lora}
 * @param vision whether the vision transformer, or the small network's trunk, is trained
 * @param abstractor whether the visual abstractor is trained
 * @param frozen further weights that are not trained, by their names or how these begin
 * @param gradientCheckpointing whether layers are computed again in the backward sweep, which takes more time and far less
 *     memory; the gradients are the same
 */
public record TuningSettings(
        Method method,
        LoraSettings lora,
        Part vision,
        Part abstractor,
        List<String> frozen,
        boolean gradientCheckpointing) {
    /** Copies the names. */
    public TuningSettings {
        frozen = List.copyOf(frozen);
    }

    /** How the decoder is trained. */
    public enum Method {
        /** All its weights. */
        FULL,
        /** Low-rank updates; the output is an adapter. */
        LORA
    }

    /** How another part is trained. */
    public enum Part {
        /** All its weights. */
        FULL,
        /** Not at all. */
        FROZEN
    }

    static TuningSettings released() {
        return of(List.of(), true);
    }

    /** The layers of the largest features stay: a third of the time, and no better without (docs/compact-model.md). */
    static TuningSettings compact() {
        return of(List.of("trunk.stem.", "trunk.stages.0."), false);
    }

    private static TuningSettings of(List<String> frozen, boolean gradientCheckpointing) {
        return new TuningSettings(
                Method.FULL, LoraSettings.released(), Part.FULL, Part.FULL, frozen, gradientCheckpointing);
    }

    /**
     * Whether a parameter is trained.
     *
     * @param part the part of the network that it belongs to
     * @param name its name in the network
     */
    public boolean trains(NetworkPart part, String name) {
        boolean trained = switch (part) {
            case VISION_TRANSFORMER, TRUNK -> vision == Part.FULL;
            case VISUAL_ABSTRACTOR -> abstractor == Part.FULL;
            case DECODER, HEAD -> method == Method.FULL || PeftNames.isAdapter(name);
        };
        return trained && frozen.stream().noneMatch(name::startsWith);
    }
}
