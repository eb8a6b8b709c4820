package io.github.deqa4j.train;

import io.github.deqa4j.torch.loss.LossParts;

/** The loss of a step, summed over its passes with the share of each. */
record LossSum(LossParts parts) {
    static final LossSum ZERO = new LossSum(new LossParts(0, 0, 0, 0, 0, 0, 0, 0, 0));

    LossSum plus(LossParts other, double share) {
        return new LossSum(new LossParts(
                parts.total() + share * other.total(),
                parts.rank() + share * other.rank(),
                parts.ladder() + share * other.ladder(),
                parts.nextToken() + share * other.nextToken(),
                parts.kl() + share * other.kl(),
                parts.inLevel() + share * other.inLevel(),
                parts.description() + share * other.description(),
                parts.sideA() + share * other.sideA(),
                parts.sideB() + share * other.sideB()));
    }

    LossParts times(double factor) {
        return ZERO.plus(parts, factor).parts();
    }
}
