package io.github.deqa4j.torch.distributed;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Counts up in the rendezvous store every second, so that the other ranks see that this process is alive. */
final class Heartbeat implements AutoCloseable {
    /** Time from one beat to the next. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    private final Rendezvous store;
    private final String counter;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::beat, "heartbeat");

    /**
     * Starts counting.
     *
     * @param store a connection that nothing else uses; it is closed at the end
     */
    Heartbeat(Rendezvous store, String counter) {
        this.store = store;
        this.counter = counter;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        end.countDown();
        try {
            thread.join(PERIOD.toMillis()); // it may wait for a machine that does not answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try (store) {
            do {
                store.add(counter, 1);
            } while (!end.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            return; // the store is gone; the next collective operation fails
        }
    }
}
