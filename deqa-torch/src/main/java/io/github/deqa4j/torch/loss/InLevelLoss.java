package io.github.deqa4j.torch.loss;

import io.github.deqa4j.torch.nn.Functional;
import org.bytedeco.pytorch.Tensor;

/**
 * How far the network is from answering with a level at all: L_in = max(0.01, (1/B) Σ_b (1 − Σᵢ pᵢ)), i over the five
 * levels, with pᵢ from the softmax over the whole vocabulary.
 */
public final class InLevelLoss {
    private static final double FLOOR = 0.01;

    private InLevelLoss() {}

    /**
     * The loss, a scalar in [0.01, 1].
     *
     * @param open p, (B, 5): {@link LevelPrediction#open}
     */
    public static Tensor of(Tensor open) {
        return floored(elsewhere(open));
    }

    /** The mean probability of other words, (1/B) Σ_b (1 − Σᵢ pᵢ), a scalar. */
    static Tensor elsewhere(Tensor open) {
        return Functional.plus(open.sum(1).neg(), 1).mean();
    }

    /** The loss of that mean. */
    static Tensor floored(Tensor elsewhere) {
        return Functional.atLeast(elsewhere, FLOOR);
    }
}
