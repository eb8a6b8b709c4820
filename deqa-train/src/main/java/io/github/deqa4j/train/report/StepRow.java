package io.github.deqa4j.train.report;

import io.github.deqa4j.torch.loss.LossParts;
import java.util.List;

/**
 * The log of a step.
 *
 * @param step its number, from 1
 * @param epoch the epoch it lies in, from 1
 * @param parts the loss, averaged over the items of the step
 * @param gradientNorm the norm of all gradients before clipping
 * @param rates learning rates of vision, abstractor and decoder
 * @param items number of pairs, or of single images, that were read
 */
public record StepRow(int step, int epoch, LossParts parts, double gradientNorm, List<Double> rates, int items) {
    /** The columns after the step. */
    static final List<String> COLUMNS = List.of(
            "epoch",
            "loss",
            "rank",
            "ladder",
            "next_token",
            "kl",
            "in_level",
            "description",
            "side_a",
            "side_b",
            "gradient_norm",
            "rate_vision",
            "rate_abstractor",
            "rate_decoder",
            "draws");

    public StepRow {
        rates = List.copyOf(rates);
    }

    double[] values() {
        return new double[] {
            epoch,
            parts.total(),
            parts.rank(),
            parts.ladder(),
            parts.nextToken(),
            parts.kl(),
            parts.inLevel(),
            parts.description(),
            parts.sideA(),
            parts.sideB(),
            gradientNorm,
            rates.get(0),
            rates.get(1),
            rates.get(2),
            items
        };
    }
}
