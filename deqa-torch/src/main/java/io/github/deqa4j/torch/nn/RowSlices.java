package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.cat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * Whether oneDNN gets all rows of an 8-bit product at once or some at a time. On processors with AMX it takes a kernel for many rows
 * that is several times slower than that for few. So both are timed once for each shape. Sums are exact integers, so that the result is
 * the same, to the last bit.
 */
final class RowSlices {
    private static final long ROWS = 128;
    private static final double NANOS = 1e9;
    private static final double MARGIN = 1.25; // slices are a little slower where the kernel is the same

    private final Map<Shape, Boolean> sliced = new ConcurrentHashMap<>();

    private record Shape(long rows, long in, long out) {}

    /**
     * Applies a product.
     *
     * @param x (rows, in)
     * @param out number of outputs
     * @param product (n, in) → (n, out), each row by itself
     * @return (rows, out)
     */
    Tensor apply(Tensor x, long out, UnaryOperator<Tensor> product) {
        if (x.size(0) <= ROWS) {
            return product.apply(x);
        }
        Shape shape = new Shape(x.size(0), x.size(1), out);
        boolean inSlices = sliced.computeIfAbsent(
                shape, key -> MARGIN * seconds(() -> slices(x, product)) < seconds(() -> product.apply(x)));
        return inSlices ? slices(x, product) : product.apply(x);
    }

    private static double seconds(Supplier<Tensor> work) {
        NativeScope.detach(work).close(); // the first run prepares the kernel
        long start = System.nanoTime();
        NativeScope.detach(work).close();
        return (System.nanoTime() - start) / NANOS;
    }

    static Tensor slices(Tensor x, UnaryOperator<Tensor> product) {
        long rows = x.size(0);
        Tensor[] parts = new Tensor[Math.toIntExact((rows + ROWS - 1) / ROWS)];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = product.apply(x.narrow(0, i * ROWS, Math.min(ROWS, rows - i * ROWS)));
        }
        return cat(0, parts);
    }
}
