package io.github.deqa4j.cli;

import io.github.deqa4j.torch.nn.Precision;

/** How far one model's numbers for a picture may lie apart: more than another machine or another batch makes. */
final class Tolerance {
    private static final double FLOAT32 = 1e-3;
    private static final double BF16 = 0.05;

    private Tolerance() {}

    static double of(Precision precision) {
        return precision == Precision.FLOAT32 ? FLOAT32 : BF16;
    }
}
