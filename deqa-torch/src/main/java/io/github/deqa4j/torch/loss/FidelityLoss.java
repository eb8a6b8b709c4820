package io.github.deqa4j.torch.loss;

import static io.github.deqa4j.torch.nn.Functional.binaryCrossEntropy;
import static io.github.deqa4j.torch.nn.Functional.oneMinus;
import static io.github.deqa4j.torch.nn.Functional.plus;
import static io.github.deqa4j.torch.nn.Functional.times;

import org.bytedeco.pytorch.Tensor;

/**
 * The loss of the comparison of two images: how well the network predicts which one people prefer (DeQA-Score, section 3.4;
 * Thurstone 1927, case V).
 *
 * <p>The preference is p = Φ((s_A − s_B)/√(σ_A² + σ_B²)) = ½(1 + erf((s_A − s_B)/√(2(σ_A² + σ_B²)))), for the prediction
 * with its own spread or with σ = 1, for the target with the spread of the ratings.
 */
public final class FidelityLoss {
    private static final double EPS = 1e-8;

    private FidelityLoss() {}

    /**
     * The preference for A over B, in [0, 1]: (B).
     *
     * @param difference s_A − s_B, (B)
     * @param variance σ_A² + σ_B², (B); 1e-8 is added
     */
    public static Tensor preference(Tensor difference, Tensor variance) {
        Tensor spread = times(plus(variance, EPS), 2).sqrt();
        return normal(difference.div(spread));
    }

    /** The preference where both spreads are 1: p = ½(1 + erf((s_A − s_B)/2)). */
    public static Tensor preference(Tensor difference) {
        return normal(times(difference, 0.5));
    }

    /**
     * Fidelity to a preference: L = mean(1 − √(p·p̂ + ε) − √((1−p)(1−p̂) + ε)), ε = 1e-8 (Tsai et al. 2007). Symmetric in
     * its arguments, and unchanged when A and B change places.
     *
     * @param p predicted, (B)
     * @param target p̂, (B)
     */
    public static Tensor continuous(Tensor p, Tensor target) {
        Tensor both = plus(p.mul(target), EPS).sqrt();
        Tensor neither = plus(oneMinus(p).mul(oneMinus(target)), EPS).sqrt();
        return oneMinus(both).sub(neither).mean();
    }

    /**
     * Fidelity to a choice: L = mean(1 − √p) where A is better, mean(1 − √(1−p)) elsewhere, over all pairs.
     *
     * @param p predicted, (B)
     * @param better 1 where A is better, 0 elsewhere, (B)
     */
    public static Tensor binary(Tensor p, Tensor better) {
        return oneMinus(chosen(p, better).sqrt()).mean();
    }

    /** Cross entropy with a choice: L = −mean(ln p) where A is better, −mean(ln(1−p)) elsewhere; arguments as above. */
    public static Tensor crossEntropy(Tensor p, Tensor better) {
        return binaryCrossEntropy(p, better);
    }

    private static Tensor chosen(Tensor p, Tensor better) {
        return p.mul(better).add(oneMinus(p).mul(oneMinus(better)));
    }

    private static Tensor normal(Tensor z) {
        return times(plus(z.erf(), 1), 0.5);
    }
}
