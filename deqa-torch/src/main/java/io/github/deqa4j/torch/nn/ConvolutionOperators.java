package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Operators.call;
import static io.github.deqa4j.torch.nn.Operators.find;
import static io.github.deqa4j.torch.nn.Operators.integers;
import static io.github.deqa4j.torch.nn.Operators.noScalars;

import java.util.Optional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;

/**
 * oneDNN's convolutions that apply what follows to a result before it goes to memory. libtorch registers them by name; its Java binding
 * has no methods for them. They run on the CPU and record nothing for gradients.
 */
final class ConvolutionOperators {
    private static final String NAME = "mkldnn::_convolution_pointwise";

    private final OperatorHandle pack;
    private final OperatorHandle convolution;
    private final OperatorHandle sum;

    private ConvolutionOperators() {
        pack = find("mkldnn::_reorder_convolution_weight", "");
        convolution = find(NAME, "");
        sum = find(NAME + "_", "binary");
    }

    /** The operators of this process; empty if this platform's build of libtorch has none. */
    static Optional<ConvolutionOperators> get() {
        return Holder.FOUND;
    }

    /**
     * A kernel in the order in which oneDNN reads it fastest.
     *
     * @param kernel (out, in, height, width)
     * @return opaque
     */
    Tensor packed(Tensor kernel, long stride, long padding) {
        return call(
                pack,
                new IValue(kernel),
                both(padding),
                both(stride),
                both(1), // dilation
                new IValue(1L), // groups
                new IValue()); // images of any size
    }

    /**
     * max(kernel∗x + bias, 0).
     *
     * @param kernel of {@link #packed}
     */
    Tensor rectified(Tensor x, Tensor kernel, Tensor bias, long stride, long padding) {
        return call(
                convolution,
                new IValue(x),
                new IValue(kernel),
                new IValue(bias),
                both(padding),
                both(stride),
                both(1), // dilation
                new IValue(1L), // groups
                new IValue("relu"),
                noScalars(),
                new IValue());
    }

    /**
     * max(kernel∗x + bias + sum, 0), in the memory of the sum.
     *
     * @param sum in channels-last memory format
     * @param kernel of {@link #packed}
     */
    Tensor rectifiedSum(Tensor x, Tensor sum, Tensor kernel, Tensor bias, long stride, long padding) {
        return call(
                this.sum,
                new IValue(sum),
                new IValue(x),
                new IValue(kernel),
                new IValue(bias),
                both(padding),
                both(stride),
                both(1), // dilation
                new IValue(1L), // groups
                new IValue("add"),
                new IValue(), // the factor of what is added, 1
                new IValue("relu"),
                noScalars(),
                new IValue());
    }

    private static IValue both(long value) { // height and width
        return integers(value, value);
    }

    private static final class Holder {
        private static final Optional<ConvolutionOperators> FOUND = load();

        private Holder() {}

        private static Optional<ConvolutionOperators> load() {
            try {
                return Optional.of(new ConvolutionOperators());
            } catch (RuntimeException e) {
                return Optional.empty();
            }
        }
    }
}
