package io.github.deqa4j.torch.nn;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.ListType;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OptionalType;
import org.bytedeco.pytorch.Tensor;

/**
 * oneDNN's convolutions that apply what follows to a result before it goes to memory. libtorch registers them by name; its Java binding
 * has no methods for them. They run on the CPU and record nothing for gradients.
 */
final class ConvolutionOperators {
    private static final String NAME = "mkldnn::_convolution_pointwise";

    private final OperatorHandle convolution;
    private final OperatorHandle sum;

    private ConvolutionOperators(OperatorHandle convolution, OperatorHandle sum) {
        this.convolution = convolution;
        this.sum = sum;
    }

    /** The operators of this process; empty if this platform's build of libtorch has none. */
    static Optional<ConvolutionOperators> find() {
        return Holder.FOUND;
    }

    /** max(weight∗x + bias, 0). */
    Tensor rectified(Tensor x, Tensor weight, Tensor bias, long stride, long padding) {
        return Operators.call(
                convolution,
                new IValue(x),
                new IValue(weight),
                new IValue(bias),
                both(padding),
                both(stride),
                both(1), // dilation
                new IValue(1L), // groups
                new IValue("relu"),
                noScalars(),
                new IValue());
    }

    /** max(weight∗x + bias + sum, 0), in the memory of the sum. */
    Tensor rectifiedSum(Tensor x, Tensor sum, Tensor weight, Tensor bias, long stride, long padding) {
        return Operators.call(
                this.sum,
                new IValue(sum),
                new IValue(x),
                new IValue(weight),
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
        GenericList list = new GenericList(ListType.ofInts().getElementType());
        list.push_back(new IValue(value));
        list.push_back(new IValue(value));
        return new IValue(list);
    }

    private static IValue noScalars() {
        return new IValue(new GenericList(OptionalType.get(ListType.ofNumbers().getElementType())));
    }

    private static final class Holder {
        private static final Optional<ConvolutionOperators> FOUND = load();

        private Holder() {}

        private static Optional<ConvolutionOperators> load() {
            try (PointerScope scope = new PointerScope()) {
                OperatorHandle convolution = Dispatcher.singleton().findSchemaOrThrow(NAME, "");
                OperatorHandle sum = Dispatcher.singleton().findSchemaOrThrow(NAME + "_", "binary");
                convolution.retainReference();
                sum.retainReference();
                return Optional.of(new ConvolutionOperators(convolution, sum));
            } catch (RuntimeException e) {
                return Optional.empty();
            }
        }
    }
}
