package io.github.deqa4j.server;

import io.github.deqa4j.InvalidSettingException;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How images wait for the network.
 *
 * @param images the most images that are accepted and not answered, at least 1 (default 256). A request for which there are not enough
 *     places is refused as a whole
 * @param bytes the most bytes of request bodies and of images fetched for requests that are in memory, at least 1 (default 512 MiB, or a
 *     quarter of the Java heap where that is less)
 * @param batch images that are handed to the scorer together, at least 1; empty for as many as go through its network together
 * @param maxWait how long the first image of a batch waits for others, while the network is idle, too (default 5 ms)
 * @param passes batches that are handed to the scorer at the same time, at least 1 (default 2, as {@code maxPasses} of a scorer)
 */
public record QueueSettings(int images, long bytes, OptionalInt batch, Duration maxWait, int passes) {
    private static final int DEFAULT_IMAGES = 256;
    private static final long DEFAULT_BYTES = 512L << 20;
    private static final long HEAP_SHARE = 4;
    private static final Duration DEFAULT_WAIT = Duration.ofMillis(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int DEFAULT_PASSES = 2;

    /** @throws InvalidSettingException if a value is out of its range */
    public QueueSettings {
        if (images < 1) {
            throw new InvalidSettingException("queue", "queue is " + images + "; it must be at least 1");
        }
        if (bytes < 1) {
            throw new InvalidSettingException(
                    "queue-bytes", "bytes of the queue is " + bytes + "; it must be at least 1");
        }
        batch.ifPresent(count -> require("batch", count));
        require("passes", passes);
        if (maxWait.isNegative() || maxWait.compareTo(LONGEST_WAIT) > 0) {
            throw new InvalidSettingException(
                    "max-wait", "maxWait is " + maxWait.toMillis() + " ms; it must be from 0 to 60000 ms");
        }
    }

    public static QueueSettings defaults() {
        long bytes = Math.min(DEFAULT_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
        return new QueueSettings(DEFAULT_IMAGES, bytes, OptionalInt.empty(), DEFAULT_WAIT, DEFAULT_PASSES);
    }

    public QueueSettings withImages(int most) {
        return new QueueSettings(most, bytes, batch, maxWait, passes);
    }

    public QueueSettings withBytes(long most) {
        return new QueueSettings(images, most, batch, maxWait, passes);
    }

    public QueueSettings withBatch(int count) {
        return new QueueSettings(images, bytes, OptionalInt.of(count), maxWait, passes);
    }

    public QueueSettings withMaxWait(Duration time) {
        return new QueueSettings(images, bytes, batch, time, passes);
    }

    public QueueSettings withPasses(int count) {
        return new QueueSettings(images, bytes, batch, maxWait, count);
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new InvalidSettingException(name + " is " + value + "; it must be at least 1");
        }
    }
}
