package io.github.deqa4j.torch.loss;

import org.bytedeco.pytorch.Tensor;

/**
 * Kullback–Leibler divergence of the prediction from the soft label (DeQA-Score, equation 6):
 * L_kl = (1/B) Σ_b Σᵢ tᵢ·(ln tᵢ − ln pᵢ), i over the five levels, with pᵢ from the softmax over the whole vocabulary and
 * 0·ln 0 = 0. Tokens that are no level have a target of zero. They add nothing to the sum, but their probability lowers that of the levels.
 */
public final class SoftLabelLoss {
    private SoftLabelLoss() {}

    /**
     * The loss, a scalar in float32; zero exactly where the prediction equals a label that sums to one.
     *
     * @param target t, (B, 5), excellent to bad
     * @param logOpen ln p, (B, 5): {@link LevelPrediction#logOpen}
     */
    public static Tensor of(Tensor target, Tensor logOpen) {
        Tensor entropy = target.xlogy(target); // t·ln t
        return entropy.sub(target.mul(logOpen)).sum(1).mean();
    }
}
