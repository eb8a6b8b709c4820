package io.github.deqa4j.torch.nn;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;

/**
 * Gradient checkpointing (Chen et al. 2016): the intermediate results of a layer are dropped after the forward pass and computed
 * again from its input in the backward pass. This takes more time and far less memory; the gradients are the same.
 *
 * <p>In the forward pass the layer runs without recording. Autograd sees a copy of its input in place of its output. A hook on that
 * copy replaces the gradient of the output by the gradient of the input; it runs the layer again, with recording, to compute that.
 * Layers must keep the shape and number format of their input.
 */
public final class Recomputation {
    private final RandomStream random;

    /**
     * Recomputation for layers that may use dropout.
     *
     * @param random gives dropout its seeds; it is set back for the second run, so that the same values are dropped
     */
    public Recomputation(RandomStream random) {
        this.random = random;
    }

    /** Whether computations are recorded now, so that there may be a backward pass. */
    static boolean recording() {
        return GradMode.is_enabled();
    }

    /** Applies a layer. */
    Tensor run(UnaryOperator<Tensor> layer, Tensor input) {
        long position = random.position();
        Tensor output = NativeScope.keep(false, () -> layer.apply(input));
        Tensor standIn = (input.requires_grad() ? input : leaf(input)).clone();
        standIn.set_data(output);
        replaceGradient(standIn, gradient -> {
            long now = random.position();
            random.moveTo(position);
            Tensor result = NativeScope.keep(true, () -> inputGradient(layer, input, gradient));
            random.moveTo(now);
            return result;
        });
        return standIn;
    }

    /**
     * A second input that all layers of a stack read. Their gradients add up at {@code leaf}. Once the first layer has been
     * computed again, the sum flows on to the value.
     *
     * @param leaf the tensor for the layers to read
     * @param start the input of the first layer, which for autograd depends on the value, too
     */
    record Shared(Tensor leaf, Tensor start) {}

    /** Makes a value a second input of all layers of a stack. */
    static Shared share(Tensor value, Tensor input) {
        Tensor leaf = leaf(value);
        Tensor copy = value.clone();
        replaceGradient(copy, gradient -> new Tensor(leaf.grad()));
        Tensor start = input.add(copy.sum());
        start.set_data(input);
        return new Shared(leaf, start);
    }

    /** Runs a layer again, adds the gradients of its weights, and returns the gradient of its input. */
    private static Tensor inputGradient(UnaryOperator<Tensor> layer, Tensor input, Tensor outputGradient) {
        Tensor leaf = leaf(input);
        Gradients.backward(layer.apply(leaf), outputGradient);
        return new Tensor(leaf.grad());
    }

    private static Tensor leaf(Tensor value) {
        Tensor leaf = value.detach();
        leaf.set_requires_grad(true);
        return leaf;
    }

    /** Replaces the gradient that reaches a tensor in the backward pass. The native scope of the call must outlive that pass. */
    private static void replaceGradient(Tensor tensor, UnaryOperator<Tensor> replacement) {
        tensor.register_hook(new Hook(replacement));
    }

    private static final class Hook extends TensorTensorHook {
        private final UnaryOperator<Tensor> replacement;

        Hook(UnaryOperator<Tensor> replacement) {
            this.replacement = replacement;
        }

        @Override
        public TensorBase call(TensorBase gradient) {
            return replacement.apply(new Tensor(gradient));
        }
    }
}
