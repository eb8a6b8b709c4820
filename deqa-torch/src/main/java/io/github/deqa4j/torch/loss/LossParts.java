package io.github.deqa4j.torch.loss;

import java.util.Locale;

/**
 * A step's loss in numbers, for the log. Parts are without their weights; a side's loss is next token + klWeight·KL.
 *
 * @param total what is minimized
 * @param rank comparison of pairs; 0 for single images
 * @param ladder comparison of an image with worse states of itself; 0 where there are none
 * @param nextToken next-token cross entropy, summed over the sides
 * @param kl divergence from the soft labels, summed over the sides; 0 with one-hot labels
 * @param inLevel in-level loss, summed over the sides
 * @param description next-token cross entropy of free text
 * @param sideA loss of side A, or of single images
 * @param sideB loss of side B; 0 for single images
 */
public record LossParts(
        double total,
        double rank,
        double ladder,
        double nextToken,
        double kl,
        double inLevel,
        double description,
        double sideA,
        double sideB) {
    /** No loss: all parts are 0. */
    public static final LossParts ZERO = new LossParts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** This loss plus another one times a factor, part by part. */
    public LossParts plus(LossParts other, double factor) {
        return new LossParts(
                total + factor * other.total,
                rank + factor * other.rank,
                ladder + factor * other.ladder,
                nextToken + factor * other.nextToken,
                kl + factor * other.kl,
                inLevel + factor * other.inLevel,
                description + factor * other.description,
                sideA + factor * other.sideA,
                sideB + factor * other.sideB);
    }

    /** The parts in words. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%.4f: rank %.4f, ladder %.4f, next token %.4f, KL %.4f",
                total,
                rank,
                ladder,
                nextToken,
                kl);
    }

    /** Whether every part is a finite number. */
    public boolean finite() {
        return Double.isFinite(total + rank + ladder + nextToken + kl + inLevel + description);
    }
}
