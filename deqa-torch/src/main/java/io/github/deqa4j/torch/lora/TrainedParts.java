package io.github.deqa4j.torch.lora;

import java.util.function.Predicate;

/**
 * Which parameters are learnt, by their names in the network. Those of adapters always are.
 *
 * @param language the decoder, its embeddings and its head; or the small network's head
 * @param vision the vision transformer, or the small network's trunk
 * @param abstractor the visual abstractor
 */
public record TrainedParts(boolean language, boolean vision, boolean abstractor) implements Predicate<String> {
    private static final String VISION = "model.vision_model.";
    private static final String TRUNK = "trunk.";
    private static final String ABSTRACTOR = "model.visual_abstractor.";

    /** Everything, as the released full tuning has it. */
    public static TrainedParts all() {
        return new TrainedParts(true, true, true);
    }

    /** Adapters, vision and abstractor, as the released LoRA tuning has it. */
    public static TrainedParts allButLanguage() {
        return new TrainedParts(false, true, true);
    }

    /** Whether a parameter is one of the vision transformer or the small network's trunk, by its name in the network. */
    public static boolean isVision(String name) {
        return name.startsWith(VISION) || name.startsWith(TRUNK);
    }

    /** Whether a parameter is one of the visual abstractor, by its name in the network. */
    public static boolean isAbstractor(String name) {
        return name.startsWith(ABSTRACTOR);
    }

    @Override
    public boolean test(String name) {
        if (isVision(name)) {
            return vision;
        }
        if (isAbstractor(name)) {
            return abstractor;
        }
        return language || PeftNames.isAdapter(name);
    }
}
