package io.github.deqa4j.torch.nn;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;

/**
 * Gradient checkpointing (Chen et al. 2016): a layer's intermediate results are dropped after the forward pass and computed
 * again in the backward sweep, from its input. More work, far less memory, the same gradients.
 *
 * <p>The layer runs unrecorded. In the record its output stands as a copy of its input, through which gradients pass
 * unchanged; a hook there replaces the gradient of the output by that of the input, which it gets by running the layer again,
 * recorded. Layers must keep the shape and number format of their input.
 */
public final class Recomputation {
    private final RandomStream random;

    /**
     * A way to compute layers again.
     *
     * @param random where dropout in the layers draws from; it is set back for the second run, so that the same values drop
     */
    public Recomputation(RandomStream random) {
        this.random = random;
    }

    /** Whether anything is recorded now, so that there may be a backward sweep. */
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
     * A second input that all layers of a stack read. They get {@code leaf}, where their gradients add up; once the first
     * layer has been computed again, the sum goes on to the value.
     *
     * @param leaf what the layers read
     * @param start the first layer's input, which now follows from the value, too
     */
    record Shared(Tensor leaf, Tensor start) {}

    /** Lets all layers of a stack read a value, too. */
    static Shared share(Tensor value, Tensor input) {
        Tensor leaf = leaf(value);
        Tensor copy = value.clone();
        replaceGradient(copy, gradient -> new Tensor(leaf.grad()));
        Tensor start = input.add(copy.sum());
        start.set_data(input);
        return new Shared(leaf, start);
    }

    /** Runs a layer again, adds to the gradients of its weights, and gives that of its input. */
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
