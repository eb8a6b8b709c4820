package io.github.deqa4j.torch.nn;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;

/** Replaces the gradient that reaches a tensor in the backward sweep. The scope it is made in must outlive the sweep. */
final class GradientHook extends TensorTensorHook {
    private final UnaryOperator<Tensor> replacement;

    private GradientHook(UnaryOperator<Tensor> replacement) {
        this.replacement = replacement;
    }

    static void on(Tensor tensor, UnaryOperator<Tensor> replacement) {
        tensor.register_hook(new GradientHook(replacement));
    }

    @Override
    public TensorBase call(TensorBase gradient) {
        return replacement.apply(new Tensor(gradient));
    }
}
