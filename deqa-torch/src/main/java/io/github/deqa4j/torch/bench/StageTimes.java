package io.github.deqa4j.torch.bench;

import io.github.deqa4j.torch.nn.Stage;
import io.github.deqa4j.torch.nn.StageClock;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A clock that adds up the time of each stage. */
final class StageTimes implements StageClock {
    private final LongSupplier nanoTime;
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    private @Nullable Stage current;
    private long since;

    StageTimes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void enter(Stage stage) {
        leave();
        current = stage;
        since = nanoTime.getAsLong();
    }

    /** The current stage ends, and none begins. */
    void leave() {
        if (current != null) {
            nanos.merge(current, nanoTime.getAsLong() - since, Long::sum);
            current = null;
        }
    }

    /** The time spent in each stage that was entered. */
    Map<Stage, Long> nanos() {
        return Map.copyOf(nanos);
    }
}
