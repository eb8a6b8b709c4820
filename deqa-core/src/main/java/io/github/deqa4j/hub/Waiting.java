package io.github.deqa4j.hub;

import io.github.deqa4j.DeqaException;
import java.time.Duration;
import java.time.Instant;

/** Time, as it passes. */
interface Waiting {
    /** That of the system. */
    Waiting SYSTEM = new Waiting() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void pause(Duration time) {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DeqaException("the download was interrupted", e);
            }
        }
    };

    Instant now();

    /** Lets time pass. */
    void pause(Duration time);
}
