package io.github.deqa4j.train.config;

import io.github.deqa4j.torch.load.NetworkPart;
import io.github.deqa4j.torch.nn.AdamWSettings;

/**
 * How weights are changed.
 *
 * @param learningRate the largest rate of each part of the network
 * @param adamw the rest of AdamW's settings
 * @param clipNorm the largest norm of all gradients together; 0 for none, as released
 * @param averageDecay how much of the averaged weights is kept in a step, in [0, 1); 0 for no averaging. Averaged weights are
 *     evaluated and written instead of the last ones
 */
public record OptimizerSettings(LearningRate learningRate, AdamWSettings adamw, double clipNorm, double averageDecay) {
    /** Checks the ranges. */
    public OptimizerSettings {
        TrainingConfig.requireNotNegative(clipNorm, "optimizer.clip_norm");
        TrainingConfig.require(
                averageDecay >= 0 && averageDecay < 1,
                "optimizer.average_decay",
                "is " + averageDecay + "; it must be at least 0 and below 1");
    }

    /**
     * The largest learning rate of each part; 0 leaves a part as it is.
     *
     * @param vision of the vision transformer, or the small network's trunk
     * @param abstractor of the visual abstractor
     * @param decoder of the decoder, its embeddings and head, or its adapter; or of the small network's head
     */
    public record LearningRate(double vision, double abstractor, double decoder) {
        /** Checks the ranges. */
        public LearningRate {
            TrainingConfig.requireNotNegative(vision, "optimizer.learning_rate.vision");
            TrainingConfig.requireNotNegative(abstractor, "optimizer.learning_rate.abstractor");
            TrainingConfig.requireNotNegative(decoder, "optimizer.learning_rate.decoder");
        }

        /** The rate of a part of the network. */
        public double of(NetworkPart part) {
            return switch (part) {
                case VISION_TRANSFORMER, TRUNK -> vision;
                case VISUAL_ABSTRACTOR -> abstractor;
                case DECODER, HEAD -> decoder;
            };
        }
    }

    static OptimizerSettings released() {
        return new OptimizerSettings(new LearningRate(2e-5, 2e-5, 2e-5), AdamWSettings.released(), 0, 0);
    }

    static OptimizerSettings compact() {
        return new OptimizerSettings(
                new LearningRate(4e-5, 2e-5, 1e-3), AdamWSettings.released().withWeightDecay(0.01), 0, 0);
    }
}
