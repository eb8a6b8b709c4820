package io.github.deqa4j.torch.bench;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.nn.BareProduct;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/**
 * How fast a machine multiplies matrices and reads memory: what bounds a network's speed.
 *
 * @param flopsPerSecond floating-point operations a second (two for each multiplication with addition) of the fastest product that was
 *     measured, for each precision that this platform has
 * @param readBytesPerSecond bytes that all threads together read in a second from memory that no cache holds
 */
public record MachineSpeed(Map<Precision, Double> flopsPerSecond, double readBytesPerSecond) {
    /** Copies the map. */
    public MachineSpeed {
        flopsPerSecond = Map.copyOf(flopsPerSecond);
    }

    /** The peak of a precision that the platform has. */
    double flopsPerSecond(Precision precision) {
        Double peak = flopsPerSecond.get(precision);
        if (peak == null) {
            throw new IllegalStateException("products in " + precision + " were not measured");
        }
        return peak;
    }

    /**
     * Matrices to multiply with.
     *
     * @param in features of an input
     * @param out features of an output
     * @param count how many take turns, so that the caches do not hold the next one
     * @param rows how many inputs are multiplied together; several numbers, in rising order
     */
    record Shape(int in, int out, int count, List<Integer> rows) {}

    /** Those of the decoder of the released network, and those of its vision transformer. */
    private static final List<Shape> SHAPES = List.of(
            new Shape(4096, 11008, 2, List.of(96, 160, 320, 1024)), new Shape(1024, 4096, 6, List.of(96, 320, 1024)));

    private static final long SECOND = 1_000_000_000L;
    private static final long REPEATED_FOR = SECOND / 10;

    /** A product that would take longer is left out: this processor is slow at its precision in every shape. */
    private static final long LONGEST_PRODUCT = SECOND;

    private static final int READ_PATTERN = 1 << 20; // numbers
    private static final int READ_REPEATS = 128; // half a gibibyte in all
    private static final int READS = 8;

    /** The fastest product of several shapes; empty if the platform has no products of this precision. */
    static OptionalDouble peak(Precision precision) {
        return peak(precision, SHAPES);
    }

    static OptionalDouble peak(Precision precision, List<Shape> shapes) {
        Engine.start();
        try {
            return shapes.stream().mapToDouble(shape -> peak(precision, shape)).max();
        } catch (DeqaException e) { // the platform's build of libtorch lacks them
            return OptionalDouble.empty();
        }
    }

    private static double peak(Precision precision, Shape shape) {
        List<BareProduct> products = new ArrayList<>();
        try {
            for (int i = 0; i < shape.count(); i++) {
                products.add(BareProduct.random(precision, shape.in(), shape.out(), i));
            }
            return peak(shape, products);
        } finally {
            products.forEach(BareProduct::close);
        }
    }

    private static double peak(Shape shape, List<BareProduct> products) {
        double best = 0;
        double seconds = 0;
        int measured = 0;
        for (int rows : shape.rows()) {
            if (seconds * rows > (double) LONGEST_PRODUCT / SECOND * measured) {
                break;
            }
            seconds = seconds(products, rows);
            measured = rows;
            best = Math.max(best, 2.0 * rows * shape.in() * shape.out() / seconds);
        }
        return best;
    }

    /** The shortest time of a product. */
    private static double seconds(List<BareProduct> products, int rows) {
        try (Weight input = products.get(0).input(rows)) {
            long shortest = Long.MAX_VALUE;
            long end = System.nanoTime() + REPEATED_FOR;
            for (int i = 0; i <= products.size() || System.nanoTime() < end; i++) {
                try (NativeScope scope = NativeScope.inference()) {
                    long start = System.nanoTime();
                    products.get(i % products.size()).of(input.tensor());
                    shortest = Math.min(shortest, System.nanoTime() - start);
                }
            }
            return (double) shortest / SECOND;
        }
    }

    /** The fastest of several ways to read much memory, in bytes a second. */
    static double readBandwidth() {
        return readBandwidth(READ_REPEATS);
    }

    static double readBandwidth(int repeats) {
        Engine.start();
        try (NativeScope scope = NativeScope.inference();
                Weight pattern = Weight.uniform(1, 0, READ_PATTERN)) {
            Tensor memory = pattern.tensor().repeat(repeats); // zeros would be one page of the system
            long shortest = Long.MAX_VALUE;
            for (int i = 0; i < READS; i++) {
                shortest = Math.min(shortest, Math.min(nanos(memory::norm), nanos(memory::max)));
            }
            return (double) memory.nbytes() * SECOND / shortest;
        }
    }

    private static long nanos(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }
}
