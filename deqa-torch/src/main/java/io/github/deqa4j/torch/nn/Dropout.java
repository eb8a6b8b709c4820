package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.bernoulli;
import static io.github.deqa4j.torch.nn.Functional.times;

import io.github.deqa4j.DeqaException;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;

/**
 * Sets values to zero at random and divides the others by the share that is kept (Srivastava et al. 2014); in
 * {@link NativeScope#inference} it does nothing.
 */
public final class Dropout {
    private final double rate;
    private final RandomStream random;

    /**
     * A dropout.
     *
     * @param rate share of values set to zero, in [0, 1)
     * @param random gives each pass its seed
     * @throws DeqaException if the rate is outside its range
     */
    public Dropout(double rate, RandomStream random) {
        if (!(rate >= 0 && rate < 1)) {
            throw new DeqaException("the dropout is " + rate + "; it must be at least 0 and below 1");
        }
        this.rate = rate;
        this.random = random;
    }

    public Tensor forward(Tensor x) {
        if (rate == 0 || InferenceMode.is_enabled()) {
            return x;
        }
        double kept = 1 - rate;
        return x.mul(times(bernoulli(x.detach(), kept, random.next()), 1 / kept));
    }
}
