package io.github.deqa4j.torch.compact;

import static io.github.deqa4j.torch.nn.Functional.atLeast;
import static io.github.deqa4j.torch.nn.Functional.averagePool;
import static io.github.deqa4j.torch.nn.Functional.cat;
import static io.github.deqa4j.torch.nn.Functional.mean;
import static io.github.deqa4j.torch.nn.Functional.plus;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Mean and standard deviation of features. The standard deviation is that of the population, not of a sample: it divides by
 * the number of values. 1e-6 is added to the variance, so that the root of a constant has a gradient.
 */
final class FeatureStatistics {
    private static final double EPS = 1e-6;

    private FeatureStatistics() {}

    /** Of every feature over an image: (B, C, H, W) → (B, 2C), the means first, in float32. */
    static Tensor meanAndSpread(Tensor x) {
        Tensor exact = x.to(ScalarType.Float);
        Tensor mean = mean(exact, true, 2, 3); // (B, C, 1, 1)
        Tensor deviation = exact.sub(mean);
        Tensor variance = mean(deviation.mul(deviation), false, 2, 3); // (B, C)
        Tensor spread = plus(variance, EPS).sqrt();
        return cat(1, mean.flatten(1, 3), spread);
    }

    /**
     * Of every feature in windows that slide over an image: (B, C, H, W) → (B, h, w, 2C), in float32. Windows begin at every
     * step as long as they do not pass the lower and right edge by a whole step; one that passes it ends there.
     *
     * @param rows height of a window, at most H
     * @param columns width of a window, at most W
     * @param step distance from one window to the next, along both sides
     */
    static Tensor meanAndSpread(Tensor x, long rows, long columns, long step) {
        Tensor exact = x.to(ScalarType.Double); // E[x²] − E[x]² loses digits
        Tensor mean = slidingMean(exact, rows, columns, step); // (B, C, h, w)
        Tensor square = slidingMean(exact.mul(exact), rows, columns, step);
        Tensor variance = atLeast(square.sub(mean.mul(mean)), 0); // rounding may take it below
        Tensor spread = plus(variance, EPS).sqrt();
        return cat(1, mean, spread).to(ScalarType.Float).permute(0, 2, 3, 1); // (B, h, w, 2C)
    }

    /** Along the columns and then along the rows: the same mean with far fewer sums. */
    private static Tensor slidingMean(Tensor x, long rows, long columns, long step) {
        Tensor means = averagePool(x, new long[] {rows, 1}, new long[] {step, 1});
        return averagePool(means, new long[] {1, columns}, new long[] {1, step});
    }
}
