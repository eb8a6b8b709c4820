package io.github.deqa4j.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lets time pass at once and remembers how much. */
final class RecordedWaiting implements Waiting {
    static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

    final List<Duration> pauses = new ArrayList<>();

    @Override
    public Instant now() {
        return START.plus(pauses.stream().reduce(Duration.ZERO, Duration::plus));
    }

    @Override
    public void pause(Duration time) {
        pauses.add(time);
    }
}
