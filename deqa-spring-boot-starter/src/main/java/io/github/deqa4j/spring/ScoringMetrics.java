package io.github.deqa4j.spring;

import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.ScoringException;
import io.github.deqa4j.image.UnreadableImageException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Two meters, each with the tags {@code scorer}, the name of the bean, and {@code outcome}.
 *
 * <ul>
 *   <li>{@code deqa.scoring}, a timer: calls that score, of one image or several, with their wait for other passes and without
 *       decoding. The outcome is {@code scored}, {@code unscorable} (the network gave no score), {@code closed} or {@code error}.
 *   <li>{@code deqa.images}, a counter: images. The outcome is {@code scored}, or why it could not be read, as
 *       {@link UnreadableImageException.Reason} names it: {@code damaged}, {@code too_large}, …
 * </ul>
 */
final class ScoringMetrics implements ScoringListener {
    private static final String SCORED = "scored";

    private final Timer.Builder calls =
            Timer.builder("deqa.scoring").description("Calls that score, of one image or several, without decoding");
    private final Counter.Builder images =
            Counter.builder("deqa.images").description("Images that were scored or could not be read");
    private final MeterRegistry registry;

    ScoringMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void scored(String scorer, int count, long nanos) {
        time(scorer, SCORED, nanos);
        count(scorer, SCORED, count);
    }

    @Override
    public void failed(String scorer, Throwable failure, long nanos) {
        time(scorer, outcome(failure), nanos);
    }

    @Override
    public void unreadable(String scorer, UnreadableImageException failure) {
        count(scorer, failure.reason().name().toLowerCase(Locale.ROOT), 1);
    }

    private static String outcome(Throwable failure) {
        if (failure instanceof ScoringException) {
            return "unscorable";
        }
        return failure instanceof ScorerClosedException ? "closed" : "error";
    }

    private void time(String scorer, String outcome, long nanos) {
        calls.withRegistry(registry)
                .withTags("scorer", scorer, "outcome", outcome)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private void count(String scorer, String outcome, int count) {
        images.withRegistry(registry)
                .withTags("scorer", scorer, "outcome", outcome)
                .increment(count);
    }
}
