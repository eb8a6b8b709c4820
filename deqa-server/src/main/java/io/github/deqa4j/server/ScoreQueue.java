package io.github.deqa4j.server;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.server.ImageWork.Ready;
import io.github.deqa4j.server.QueuedImage.Result;
import io.github.deqa4j.server.QueuedImage.Wanted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Images that wait for their scores, first come, first served. Those that are scored at their own scale, too, wait in a {@link DetailLane}
 * of their own, so that they hold up no others.
 *
 * <p>Several threads each take a batch, have it decoded, and hand it to the scorer when its turn comes. There are as many as passes are
 * allowed, and as many more as it takes to keep every processor busy with decoding. Decoding pauses while more than some pixels are
 * decoded.
 */
final class ScoreQueue {
    /** Decoded pixels, of three bytes each, above which nothing more is decoded ahead. */
    static final long PIXELS_AHEAD = 64_000_000;

    private final ImageWork work;
    private final QueueSettings settings;
    private final ServerMetrics metrics;
    private final int batch;
    private final DetailLane details;
    private final CountDownLatch ended;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<QueuedImage> waiting = new ArrayDeque<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private boolean closing;
    private long taken; // batches
    private long begun; // batches that are in the network, or have been
    private int passing;
    private long pixels;

    /** Begins to score what it accepts. The scorer stays the caller's. */
    ScoreQueue(Scorer scorer, QueueSettings settings, ServerMetrics metrics) {
        this.work = new ImageWork(scorer, metrics);
        this.settings = settings;
        this.metrics = metrics;
        this.batch = settings.batch().orElseGet(scorer::batch);
        this.details = new DetailLane(work, batch, more -> change(() -> pixels += more));
        int workers = settings.passes() + Math.max(1, work.decoders() / batch);
        this.ended = new CountDownLatch(workers);
        for (int i = 0; i < workers; i++) {
            ImageWork.daemon(this::work, "score").start();
        }
    }

    /** Images that go through the network together, and their place in the order of batches. */
    private record Batch(List<QueuedImage> images, long ticket) {}

    /**
     * Accepts all images of a request, or none.
     *
     * @param wanted what is asked of each
     * @param gone whether nobody waits for the answer any more; asked before the image costs anything
     * @return a result for each; on failure the image's error. It completes on a thread that has images to score
     * @throws RequestException if there are more images than the queue can ever hold, if it is full, or if it is closed
     */
    List<CompletableFuture<Result>> accept(List<EncodedImage> images, Wanted wanted, BooleanSupplier gone) {
        if (images.size() > settings.images()) {
            throw new RequestException(
                    ErrorCode.TOO_MANY_IMAGES,
                    "the request has " + images.size() + " images, and this server holds " + settings.images()
                            + " at most; send fewer at once");
        }
        lock.lock();
        try {
            requirePlaces(images.size());
            List<QueuedImage> accepted = images.stream()
                    .map(image -> new QueuedImage(image, wanted, gone, unanswered, metrics))
                    .toList();
            if (wanted.hasDetail()) {
                details.add(accepted);
            } else {
                waiting.addAll(accepted);
                changed.signalAll();
            }
            return accepted.stream().map(QueuedImage::result).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Images that were accepted and have no answer yet. */
    int images() {
        return unanswered.get();
    }

    /**
     * Accepts nothing more, and waits until all that was accepted has its answer.
     *
     * @param limit how long to wait; what waits after that is answered with an error
     */
    void close(Duration limit) {
        change(() -> closing = true);
        details.close();
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS) || !details.ends(deadline - System.nanoTime())) {
                change(this::abandon);
                ended.await();
                details.ends(Long.MAX_VALUE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        work.close();
    }

    private void requirePlaces(int images) {
        if (closing) {
            throw new RequestException(ErrorCode.STOPPING, "the server is being stopped");
        }
        if (unanswered.get() + images > settings.images()) {
            throw new RequestException(
                    ErrorCode.BUSY,
                    "there are " + (settings.images() - unanswered.get()) + " places for " + images
                            + " images; send the request again later");
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void abandon() {
        List<QueuedImage> left = new ArrayList<>(waiting);
        left.addAll(details.abandon());
        left.forEach(image -> image.fail(new RequestException(ErrorCode.STOPPING, "the server was stopped")));
        waiting.clear();
    }

    private void work() {
        try {
            for (Batch next = take(); !next.images().isEmpty(); next = take()) {
                score(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /** The next batch, as soon as it is full or its first image has waited long enough; empty at the end. */
    private Batch take() throws InterruptedException {
        lock.lock();
        try {
            do {
                while (waiting.isEmpty() && !closing) {
                    changed.await();
                }
                awaitFullBatch();
            } while (waiting.isEmpty() && !closing); // another thread may have taken what was there
            List<QueuedImage> next = new ArrayList<>();
            while (next.size() < batch && !waiting.isEmpty()) {
                next.add(waiting.remove());
            }
            return new Batch(next, next.isEmpty() ? taken : taken++);
        } finally {
            lock.unlock();
        }
    }

    private void awaitFullBatch() throws InterruptedException {
        while (!waiting.isEmpty() && waiting.size() < batch && !closing) {
            long left = settings.maxWait().toNanos()
                    - (System.nanoTime() - waiting.element().arrived());
            if (left <= 0) {
                return;
            }
            changed.awaitNanos(left);
        }
    }

    /** Scores a batch together; in parts where its images are large. */
    private void score(Batch next) throws InterruptedException {
        try {
            Deque<QueuedImage> left = new ArrayDeque<>(next.images());
            while (!left.isEmpty()) {
                List<Ready> ready = decodeAhead(left, next.ticket());
                beginPass(next.ticket(), left.isEmpty());
                try {
                    score(ready);
                } finally {
                    endPass(ready);
                }
            }
        } catch (RuntimeException | Error e) { // memory that runs out between two images; those after this batch go on
            next.images().stream().filter(image -> !image.result().isDone()).forEach(image -> image.fail(e));
            skipTurn(next.ticket());
        }
    }

    private void skipTurn(long ticket) throws InterruptedException {
        lock.lock();
        try {
            while (begun < ticket) {
                changed.await();
            }
            begun = Math.max(begun, ticket + 1);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<Ready> decodeAhead(Deque<QueuedImage> left, long ticket) throws InterruptedException {
        List<Ready> ready = new ArrayList<>();
        do {
            awaitRoom(ticket);
            List<Ready> more = work.decodeTogether(left);
            change(() -> pixels += Ready.pixels(more));
            ready.addAll(more);
        } while (!left.isEmpty() && Ready.pixels(ready) < PIXELS_AHEAD);
        return ready;
    }

    /** The batch whose turn it is does not wait: the others hold their images until it is done. */
    private void awaitRoom(long ticket) throws InterruptedException {
        lock.lock();
        try {
            while (pixels >= PIXELS_AHEAD && ticket != begun) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a batch's turn and for a free pass; after its last part the next batch may follow. */
    private void beginPass(long ticket, boolean last) throws InterruptedException {
        lock.lock();
        try {
            while (ticket != begun || passing == settings.passes()) {
                changed.await();
            }
            passing++;
            begun += last ? 1 : 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void endPass(List<Ready> images) {
        change(() -> {
            passing--;
            pixels -= Ready.pixels(images);
        });
    }

    private void score(List<Ready> images) {
        List<Ready> wanted =
                images.stream().filter(one -> !one.queued().isDropped()).toList();
        work.score(wanted.stream().filter(one -> !isMapped(one)).toList())
                .forEach(scored -> scored.ready().answer(scored.quality()));
        wanted.stream()
                .filter(ScoreQueue::isMapped)
                .forEach(work::map); // within the pass, so that few decoded images are held
    }

    private static boolean isMapped(Ready one) {
        return one.queued().wanted() == Wanted.HEATMAP;
    }
}
