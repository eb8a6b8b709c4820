package io.github.deqa4j.score;

import io.github.deqa4j.InvalidSettingException;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * How a {@link BatchScorer} works.
 *
 * @param batchSize images that are handed to the scorer together, at least 1; empty for as many as are in a pass
 *     through its network ({@link Scorer#batch}). A multiple of these leaves fewer groups incomplete where images have several sizes
 * @param threads threads that decode and prepare the next images while the scorer works, at least 1
 * @param maps whether the parts of images are scored, too
 * @param view whether images are scored as a whole, at their own scale, or both
 * @param detail which tiles are scored at their own scale
 * @param stop asked before each batch; once it is true no further batch is begun
 */
public record BatchOptions(
        OptionalInt batchSize, int threads, boolean maps, View view, DetailSettings detail, BooleanSupplier stop) {
    /** @throws InvalidSettingException if a number is less than 1 */
    public BatchOptions {
        batchSize.ifPresent(images -> requirePositive("batchSize", images));
        requirePositive("threads", threads);
    }

    /** The scorer's own batches, and as many threads as there are processors; images as a whole, no maps, no stop. */
    public static BatchOptions defaults() {
        return new BatchOptions(
                OptionalInt.empty(),
                Runtime.getRuntime().availableProcessors(),
                false,
                View.WHOLE,
                DetailSettings.defaults(),
                () -> false);
    }

    public BatchOptions withBatchSize(int images) {
        return new BatchOptions(OptionalInt.of(images), threads, maps, view, detail, stop);
    }

    public BatchOptions withThreads(int count) {
        return new BatchOptions(batchSize, count, maps, view, detail, stop);
    }

    public BatchOptions withMaps(boolean wanted) {
        return new BatchOptions(batchSize, threads, wanted, view, detail, stop);
    }

    public BatchOptions withView(View wanted) {
        return new BatchOptions(batchSize, threads, maps, wanted, detail, stop);
    }

    public BatchOptions withDetail(DetailSettings settings) {
        return new BatchOptions(batchSize, threads, maps, view, settings, stop);
    }

    public BatchOptions withStop(BooleanSupplier condition) {
        return new BatchOptions(batchSize, threads, maps, view, detail, condition);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new InvalidSettingException(name + " is " + value + "; it must be at least 1");
        }
    }
}
