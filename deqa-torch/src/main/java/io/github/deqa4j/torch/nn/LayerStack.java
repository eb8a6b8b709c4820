package io.github.deqa4j.torch.nn;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Numbered blocks, run one after another: {@code layers.0}, {@code layers.1}, …
 *
 * <p>Each block runs in a native scope of its own, so that the intermediate results of only one layer exist at a time. In training,
 * autograd keeps what the backward pass needs, unless the layers are computed again there.
 *
 * @param <B> the kind of block
 */
public final class LayerStack<B extends Block> extends Block {
    private final List<B> layers;
    private @Nullable Recomputation recomputation;

    public LayerStack(int count, IntFunction<B> layer) {
        layers = IntStream.range(0, count)
                .mapToObj(i -> child(Integer.toString(i), layer.apply(i)))
                .toList();
    }

    /** Applies a block to its input and to a tensor that all blocks share. */
    @FunctionalInterface
    public interface SharingStep<B> {
        Tensor apply(B layer, Tensor input, Tensor shared);
    }

    /** One of the blocks. */
    public B get(int index) {
        return layers.get(index);
    }

    /** The block that is run last. */
    public B last() {
        return layers.get(layers.size() - 1);
    }

    /** Applies every block in order, each to the output of the one before it. */
    public Tensor forward(Tensor x, BiFunction<B, Tensor, Tensor> step) {
        Tensor h = x;
        for (int i = 0; i < layers.size(); i++) {
            B layer = layers.get(i);
            Tensor input = h;
            h = run(layer, value -> step.apply(layer, value), input);
            if (i > 0 && !recomputes()) { // the first input is the caller's
                NativeScope.free(input);
            }
        }
        return h;
    }

    /**
     * Applies every block in order, each to the output of the one before it and to a tensor that all share. A step must take the
     * shared tensor from its argument; otherwise its gradient is lost when layers are computed again.
     */
    public Tensor forward(Tensor x, Tensor shared, SharingStep<B> step) {
        if (recomputes() && shared.requires_grad()) {
            Recomputation.Shared split = Recomputation.share(shared, x);
            return forward(split.start(), (layer, h) -> step.apply(layer, h, split.leaf()));
        }
        return forward(x, (layer, h) -> step.apply(layer, h, shared));
    }

    void recomputeWith(@Nullable Recomputation newRecomputation) {
        recomputation = newRecomputation;
    }

    private boolean recomputes() {
        return recomputation != null && Recomputation.recording();
    }

    private Tensor run(B layer, UnaryOperator<Tensor> step, Tensor input) {
        if (recomputation != null && recomputes() && trains(layer, input)) {
            return recomputation.run(step, input);
        }
        return NativeScope.keep(() -> step.apply(input));
    }

    private static boolean trains(Block layer, Tensor input) {
        return input.requires_grad() || !layer.trainedParameters().isEmpty();
    }
}
