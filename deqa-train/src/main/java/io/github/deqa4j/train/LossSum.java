package io.github.deqa4j.train;

import io.github.deqa4j.torch.loss.LossParts;

/** The loss of a step, summed over its passes with the share of each. */
record LossSum(LossParts parts) {
    static final LossSum ZERO = new LossSum(LossParts.zero());

    LossSum plus(LossParts other, double share) {
        return new LossSum(parts.plus(other, share));
    }

    LossParts times(double factor) {
        return ZERO.plus(parts, factor).parts();
    }
}
