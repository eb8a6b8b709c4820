package io.github.deqa4j.torch.nn;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Numbered blocks, run one after another: {@code layers.0}, {@code layers.1}, …
 *
 * <p>Each runs in a native scope of its own, so that only one layer's intermediate results are alive at a time.
 *
 * @param <B> the kind of block
 */
public final class LayerStack<B extends Block> extends Block {
    private final List<B> layers;

    public LayerStack(int count, IntFunction<B> layer) {
        layers = IntStream.range(0, count)
                .mapToObj(i -> child(Integer.toString(i), layer.apply(i)))
                .toList();
    }

    /** One of the blocks. */
    public B get(int index) {
        return layers.get(index);
    }

    /** Applies every block, in order, each to what the one before it gave. */
    public Tensor forward(Tensor x, BiFunction<B, Tensor, Tensor> step) {
        Tensor h = x;
        for (int i = 0; i < layers.size(); i++) {
            B layer = layers.get(i);
            Tensor input = h;
            h = NativeScope.keep(() -> step.apply(layer, input));
            if (i > 0) { // the first input is the caller's
                NativeScope.free(input);
            }
        }
        return h;
    }
}
