package io.github.deqa4j.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The time and the bytes that the images of one request have together. */
final class FetchLimits {
    private final int maxBytes;
    private final long endNanos;
    private final AtomicLong bytesLeft;

    /** The time runs from now on. */
    FetchLimits(UrlSettings settings) {
        this.maxBytes = settings.maxBytes();
        this.endNanos = System.nanoTime() + settings.timeout().toNanos();
        this.bytesLeft = new AtomicLong(maxBytes);
    }

    int maxBytes() {
        return maxBytes;
    }

    /** Milliseconds to the end, at least 1. */
    long remainingMs() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()));
    }

    /** Whether so many bytes more are allowed. */
    boolean has(long bytes) {
        return bytesLeft.get() >= bytes;
    }

    /** As {@link #has}, and counts them. */
    boolean take(int bytes) {
        return bytesLeft.addAndGet(-bytes) >= 0;
    }
}
