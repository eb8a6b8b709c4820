package io.github.deqa4j.server;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of requests may be in memory at once: of those that arrive, and of those whose images wait. */
final class ByteBudget {
    private final long capacity;
    private final AtomicLong used = new AtomicLong();

    ByteBudget(long capacity) {
        this.capacity = capacity;
    }

    /** Takes bytes; false if there are not as many left. Whoever got them gives them back with {@link #release}. */
    boolean reserve(long bytes) {
        long before = used.get();
        while (before + bytes <= capacity) {
            if (used.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
