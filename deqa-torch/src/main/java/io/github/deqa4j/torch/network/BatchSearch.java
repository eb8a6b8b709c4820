package io.github.deqa4j.torch.network;

import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.Linear;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Finds how many images are fastest together. A processor that multiplies faster than it reads weights gains by batches, another one
 * does not. What decides are the matrix products of the decoder, so those are timed, a few of each shape. The vision transformer takes
 * images one by one.
 */
final class BatchSearch {
    private static final int LARGEST = 8;
    private static final int LAYERS = 3; // of a shape: their weights together do not fit into the caches
    private static final double GAIN = 0.97; // a larger batch must save more than the noise
    private static final double NANOS = 1e9;

    private final Map<Shape, List<Linear>> layers = new LinkedHashMap<>();

    private record Shape(long tokens, long in, long out) {}

    /**
     * The products of a network.
     *
     * @param model with weights
     * @param after tokens after the image
     */
    BatchSearch(DeqaModel model, int after) {
        long decoder = model.config().imageTokens() + (long) after;
        model.linears().forEach((name, linear) -> {
            if (name.startsWith(DeqaModel.DECODER_LAYERS + ".")) {
                add(decoder, linear);
            }
        });
    }

    private void add(long tokens, Linear linear) {
        Shape shape = new Shape(tokens, linear.inputs(), linear.outputs());
        layers.computeIfAbsent(shape, key -> new ArrayList<>()).add(linear);
    }

    /** The number of images, a power of two up to 8, that take the least time for each. */
    int fastest() {
        int best = 1;
        double least = seconds(1);
        for (int batch = 2; batch <= LARGEST; batch *= 2) {
            double each = seconds(batch) / batch;
            if (each < GAIN * least) {
                best = batch;
                least = each;
            }
        }
        return best;
    }

    private double seconds(int batch) {
        return layers.entrySet().stream()
                .mapToDouble(entry -> entry.getValue().size() * seconds(batch, entry.getKey(), entry.getValue()))
                .sum();
    }

    /** The least time of a product; what else the machine does only adds to it. */
    private static double seconds(int batch, Shape shape, List<Linear> linears) {
        try (NativeScope scope = NativeScope.inference()) {
            long rows = batch * shape.tokens();
            Tensor x = Tensors.of(new float[Math.toIntExact(rows * shape.in())], rows, shape.in());
            linears.get(0).forward(x); // prepares the kernel
            return linears.stream()
                    .limit(LAYERS)
                    .mapToDouble(linear -> {
                        long start = System.nanoTime();
                        linear.forward(x);
                        return (System.nanoTime() - start) / NANOS;
                    })
                    .min()
                    .orElseThrow();
        }
    }
}
