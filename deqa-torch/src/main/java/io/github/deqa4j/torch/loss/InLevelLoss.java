package io.github.deqa4j.torch.loss;

import static io.github.deqa4j.torch.nn.Functional.atLeast;
import static io.github.deqa4j.torch.nn.Functional.oneMinus;

import org.bytedeco.pytorch.Tensor;

/**
 * The in-level loss, the probability that the network gives to words other than the five levels: L_in = max(0.01, (1/B) Σ_b (1 − Σᵢ pᵢ)), i over the five
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
        return floored(outsideMass(open));
    }

    /** The mean probability outside the five levels, (1/B) Σ_b (1 − Σᵢ pᵢ), a scalar. */
    static Tensor outsideMass(Tensor open) {
        return oneMinus(open.sum(1)).mean();
    }

    /** The loss for a mean probability outside the five levels. */
    static Tensor floored(Tensor outsideMass) {
        return atLeast(outsideMass, FLOOR);
    }
}
