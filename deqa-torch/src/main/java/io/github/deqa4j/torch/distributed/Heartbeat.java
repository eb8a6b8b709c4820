package io.github.deqa4j.torch.distributed;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Counts up at the meeting point, second by second, so that the others can see that this process lives. */
final class Heartbeat implements AutoCloseable {
    /** From one beat to the next. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    private final Rendezvous point;
    private final String counter;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::beat, "heartbeat");

    /**
     * Begins.
     *
     * @param point a connection of its own, which is closed at the end
     */
    Heartbeat(Rendezvous point, String counter) {
        this.point = point;
        this.counter = counter;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        end.countDown();
        try {
            thread.join(PERIOD.toMillis()); // it may wait for a machine that does not answer any more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try (point) {
            do {
                point.add(counter, 1);
            } while (!end.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            return; // the meeting point is gone; who adds something up next will learn it
        }
    }
}
