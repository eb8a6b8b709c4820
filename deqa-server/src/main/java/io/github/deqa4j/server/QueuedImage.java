package io.github.deqa4j.server;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.View;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** An image that waits for its answer, or is being scored. It gets one answer: a result, an error, or none if nobody waits any more. */
final class QueuedImage {
    private final EncodedImage image;
    private final Wanted wanted;
    private final BooleanSupplier gone;
    private final AtomicInteger unanswered;
    private final ServerMetrics metrics;
    private final long arrived = System.nanoTime();
    private final CompletableFuture<Result> result = new CompletableFuture<>();

    /**
     * An image that has just been accepted.
     *
     * @param gone whether nobody waits for the answer any more; asked before the image costs anything
     * @param unanswered how many images have no answer yet; this one counts until it has one
     */
    QueuedImage(
            EncodedImage image, Wanted wanted, BooleanSupplier gone, AtomicInteger unanswered, ServerMetrics metrics) {
        this.image = image;
        this.wanted = wanted;
        this.gone = gone;
        this.unanswered = unanswered;
        this.metrics = metrics;
        unanswered.incrementAndGet();
    }

    /** What is asked of an image. */
    enum Wanted {
        WHOLE,
        DETAIL,
        BOTH,
        HEATMAP;

        static Wanted of(View view) {
            return switch (view) {
                case WHOLE -> WHOLE;
                case DETAIL -> DETAIL;
                case BOTH -> BOTH;
            };
        }

        /** Whether tiles of the image are scored, one image after another. */
        boolean hasDetail() {
            return this == DETAIL || this == BOTH;
        }
    }

    /**
     * An image and its score.
     *
     * @param quality of the whole, but of the detail where that alone is wanted
     * @param detail how it looks at its own scale, where this was asked for
     * @param heatmap a PNG of where it loses quality, where this was asked for
     */
    record Result(
            QualityScore quality, Optional<DetailScore> detail, int width, int height, Optional<byte[]> heatmap) {}

    EncodedImage image() {
        return image;
    }

    Wanted wanted() {
        return wanted;
    }

    /** When it was accepted, as {@link System#nanoTime}. */
    long arrived() {
        return arrived;
    }

    CompletableFuture<Result> result() {
        return result;
    }

    void answer(Result scored) {
        metrics.image("scored");
        unanswered.decrementAndGet();
        result.complete(scored);
    }

    void fail(Throwable error) {
        metrics.image(RequestException.of(image.name(), error).code().word());
        unanswered.decrementAndGet();
        result.completeExceptionally(error);
    }

    /** Whether nobody waits for it; then it needs no answer. */
    boolean isDropped() {
        if (!gone.getAsBoolean()) {
            return false;
        }
        metrics.image("dropped");
        unanswered.decrementAndGet();
        result.cancel(false);
        return true;
    }
}
