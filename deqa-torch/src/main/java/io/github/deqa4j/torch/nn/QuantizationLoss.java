package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.atLeast;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Measures what linear layers lose when they are quantized. While it is open, every forward pass of the network also computes each
 * observed layer with 8-bit integers, from the same input, and compares the outputs. The network goes on with the exact ones, so the
 * losses of one layer do not add to those of the next.
 */
public final class QuantizationLoss implements AutoCloseable {
    private static final double LEAST = 1e-30; // keeps an output of zeros from dividing by 0

    private final NavigableMap<String, Linear> layers;
    private final NavigableMap<String, Sum> sums = new TreeMap<>();
    private final Runnable observed;

    /**
     * The loss of a layer. The error of a token is ‖y − ŷ‖ / ‖y‖, where y is the layer's output and ŷ that of the quantized layer.
     *
     * @param mean mean over the tokens; every token counts the same, so that one with a huge output cannot hide the others
     * @param worst the greatest error of a token
     * @param tokens how many there were, at least 1
     */
    public record OfLayer(double mean, double worst, long tokens) {}

    /** What is known of a layer so far. */
    private static final class Sum {
        private double total;
        private double worst;
        private long tokens;

        void add(float[] errors) {
            for (float error : errors) {
                total += error;
                worst = Math.max(worst, error);
            }
            tokens += errors.length;
        }
    }

    /**
     * Begins to observe.
     *
     * @param network with weights that are not quantized
     * @param names which of its linear layers, by their dotted names
     * @param observed is called after each pass of a layer
     */
    public QuantizationLoss(Block network, Predicate<String> names, Runnable observed) {
        this.observed = observed;
        layers = network.linears();
        layers.keySet().removeIf(name -> !names.test(name));
        layers.forEach((name, layer) -> layer.observe((x, y) -> compare(name, layer, x, y)));
    }

    private void compare(String name, Linear layer, Tensor x, Tensor y) {
        try (NativeScope scope = NativeScope.inference()) {
            Tensor exact = y.to(ScalarType.Float);
            Tensor lost = norms(exact.sub(layer.quantizedForward(x)));
            float[] errors = Tensors.toFloats(lost.div(atLeast(norms(exact), LEAST)));
            sums.computeIfAbsent(name, key -> new Sum()).add(errors);
        }
        observed.run();
    }

    private static Tensor norms(Tensor y) { // (…, out) → (…)
        return y.square().sum(-1).sqrt();
    }

    /**
     * The losses so far, by the names of the layers.
     *
     * @throws IllegalStateException if a layer was not run
     */
    public NavigableMap<String, OfLayer> losses() {
        NavigableMap<String, OfLayer> losses = new TreeMap<>();
        layers.keySet().forEach(name -> losses.put(name, loss(name, sums)));
        return losses;
    }

    private static OfLayer loss(String name, Map<String, Sum> sums) {
        Sum sum = sums.get(name);
        if (sum == null) {
            throw new IllegalStateException("the layer " + name + " was not run");
        }
        return new OfLayer(sum.total / sum.tokens, sum.worst, sum.tokens);
    }

    /** Ends observing. */
    @Override
    public void close() {
        layers.values().forEach(layer -> layer.observe(null));
    }
}
