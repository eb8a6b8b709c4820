package io.github.deqa4j.server;

import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.server.ImageWork.Ready;
import io.github.deqa4j.server.ImageWork.Scored;
import io.github.deqa4j.server.QueuedImage.Wanted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Images that are scored at their own scale, one after another on one thread, first come, first served.
 *
 * <p>Such an image takes as long as many others. Here it holds none of the passes that the others share; a scorer that limits its
 * passes lets those of the tiles and those of other images take turns.
 */
final class DetailLane {
    private final ImageWork work;
    private final int batch;
    private final LongConsumer held;
    private final Queue<QueuedImage> waiting = new ConcurrentLinkedQueue<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> ImageWork.daemon(task, "detail"));

    /**
     * A lane without images.
     *
     * @param batch images whose wholes go through the network together
     * @param held is told of decoded pixels: how many more are held, or fewer if negative
     */
    DetailLane(ImageWork work, int batch, LongConsumer held) {
        this.work = work;
        this.batch = batch;
        this.held = held;
    }

    void add(List<QueuedImage> images) {
        waiting.addAll(images);
        images.forEach(image -> thread.execute(this::scoreNext)); // one that finds nothing left ends at once
    }

    /** Takes nothing more. */
    void close() {
        thread.shutdown();
    }

    /** Whether all images have their answers within some time. */
    boolean ends(long nanos) throws InterruptedException {
        return thread.awaitTermination(nanos, TimeUnit.NANOSECONDS);
    }

    /** Takes out all images that still wait. */
    List<QueuedImage> abandon() {
        return take(Integer.MAX_VALUE);
    }

    private List<QueuedImage> take(int most) {
        List<QueuedImage> next = new ArrayList<>();
        while (next.size() < most && waiting.peek() != null) {
            QueuedImage queued = waiting.poll();
            if (queued != null) { // another thread may have taken it
                next.add(queued);
            }
        }
        return next;
    }

    private void scoreNext() {
        List<QueuedImage> next = take(batch);
        try {
            Deque<QueuedImage> left = new ArrayDeque<>(next);
            while (!left.isEmpty()) {
                List<Ready> ready = decode(left);
                long pixels = Ready.pixels(ready);
                held.accept(pixels);
                try {
                    score(ready);
                } finally {
                    held.accept(-pixels);
                }
            }
        } catch (RuntimeException | Error e) { // memory that runs out between two images; those after these go on
            next.stream().filter(queued -> !queued.result().isDone()).forEach(queued -> queued.fail(e));
        }
    }

    /** Decodes as many images as may be held at once, at least one. */
    private List<Ready> decode(Deque<QueuedImage> left) {
        List<Ready> ready = new ArrayList<>();
        do {
            ready.addAll(work.decodeTogether(left));
        } while (!left.isEmpty() && Ready.pixels(ready) < ScoreQueue.PIXELS_AHEAD);
        return ready;
    }

    private void score(List<Ready> images) {
        List<Ready> both = images.stream()
                .filter(one ->
                        one.queued().wanted() == Wanted.BOTH && !one.queued().isDropped())
                .toList();
        Map<Ready, QualityScore> wholes =
                work.score(both).stream().collect(Collectors.toMap(Scored::ready, Scored::quality));
        for (Ready one : images) {
            if (!one.queued().result().isDone() && !one.queued().isDropped()) {
                work.detail(one, Optional.ofNullable(wholes.get(one)));
            }
        }
    }
}
