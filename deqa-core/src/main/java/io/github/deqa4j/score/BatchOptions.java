package io.github.deqa4j.score;

import io.github.deqa4j.InvalidSettingException;
import java.util.function.BooleanSupplier;

/**
 * How a {@link BatchScorer} works.
 *
 * @param batchSize images that go to the scorer together, at least 1; more than 1 is faster on a GPU only
 * @param threads threads that decode the next batch while this one is scored, at least 1
 * @param maps whether the parts of images are scored, too
 * @param stop asked before each batch; once it is true no further batch is begun
 */
public record BatchOptions(int batchSize, int threads, boolean maps, BooleanSupplier stop) {
    /** @throws InvalidSettingException if a number is less than 1 */
    public BatchOptions {
        requirePositive("batchSize", batchSize);
        requirePositive("threads", threads);
    }

    /** One image at a time, decoded by as many threads as there are processors; no maps, no stop. */
    public static BatchOptions defaults() {
        return new BatchOptions(1, Runtime.getRuntime().availableProcessors(), false, () -> false);
    }

    public BatchOptions withBatchSize(int images) {
        return new BatchOptions(images, threads, maps, stop);
    }

    public BatchOptions withThreads(int count) {
        return new BatchOptions(batchSize, count, maps, stop);
    }

    public BatchOptions withMaps(boolean wanted) {
        return new BatchOptions(batchSize, threads, wanted, stop);
    }

    public BatchOptions withStop(BooleanSupplier condition) {
        return new BatchOptions(batchSize, threads, maps, condition);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new InvalidSettingException(name + " is " + value + "; it must be at least 1");
        }
    }
}
