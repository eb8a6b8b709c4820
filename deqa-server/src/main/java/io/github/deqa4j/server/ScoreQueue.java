package io.github.deqa4j.server;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.PreparedImage;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Images that wait for their scores, first come, first served.
 *
 * <p>Several threads each take a batch, have it decoded, and hand it to the scorer when its turn comes. There are as many as passes are
 * allowed, and as many more as it takes to keep every processor busy with decoding. Decoding pauses while more than some pixels are
 * decoded. An image that fails costs its own answer alone, whatever it fails with.
 */
final class ScoreQueue {
    /** Decoded pixels, of three bytes each, above which nothing more is decoded ahead. */
    private static final long PIXELS_AHEAD = 64_000_000;

    private static final int MOST_DECODERS = 16;

    private final Scorer scorer;
    private final QueueSettings settings;
    private final ServerMetrics metrics;
    private final int batch;
    private final int decoders = Math.min(MOST_DECODERS, Runtime.getRuntime().availableProcessors());
    private final ExecutorService decoding = Executors.newFixedThreadPool(decoders, work -> daemon(work, "decode"));
    private final CountDownLatch ended;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private boolean closing;
    private long taken; // batches
    private long begun; // batches that are in the network, or have been
    private int passing;
    private long pixels;

    /** Begins to score what it accepts. The scorer stays the caller's. */
    ScoreQueue(Scorer scorer, QueueSettings settings, ServerMetrics metrics) {
        this.scorer = scorer;
        this.settings = settings;
        this.metrics = metrics;
        this.batch = settings.batch().orElseGet(scorer::batch);
        int workers = settings.passes() + Math.max(1, decoders / batch);
        this.ended = new CountDownLatch(workers);
        for (int i = 0; i < workers; i++) {
            daemon(this::work, "score").start();
        }
    }

    /**
     * An image and its score.
     *
     * @param heatmap a PNG of where it loses quality, where this was asked for
     */
    record Result(QualityScore quality, int width, int height, Optional<byte[]> heatmap) {}

    /** An image that waits, or is being scored. */
    private record Entry(
            EncodedImage image, boolean mapped, BooleanSupplier gone, long arrived, CompletableFuture<Result> result) {}

    /** Images that go through the network together, and their place in the order of batches. */
    private record Batch(List<Entry> entries, long ticket) {}

    /** An image for which all but the network is done. */
    private record Ready(Entry entry, PreparedImage image) {}

    /**
     * Accepts all images of a request, or none.
     *
     * @param mapped whether their heat maps are drawn, too
     * @param gone whether nobody waits for the answer any more; asked before the image costs anything
     * @return a result for each; on failure the image's error. It completes on a thread that has images to score
     * @throws RequestException if there are more images than the queue can ever hold, if it is full, or if it is closed
     */
    List<CompletableFuture<Result>> accept(List<EncodedImage> images, boolean mapped, BooleanSupplier gone) {
        if (images.size() > settings.images()) {
            throw new RequestException(
                    ErrorCode.TOO_MANY_IMAGES,
                    "the request has " + images.size() + " images, and this server holds " + settings.images()
                            + " at most; send fewer at once");
        }
        long now = System.nanoTime();
        List<Entry> entries = images.stream()
                .map(image -> new Entry(image, mapped, gone, now, new CompletableFuture<>()))
                .toList();
        lock.lock();
        try {
            requirePlaces(entries.size());
            unanswered.addAndGet(entries.size());
            waiting.addAll(entries);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return entries.stream().map(Entry::result).toList();
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
        try {
            if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                change(this::abandon);
                ended.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        decoding.shutdown();
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
        waiting.forEach(entry -> fail(entry, new RequestException(ErrorCode.STOPPING, "the server was stopped")));
        waiting.clear();
    }

    private void work() {
        try {
            for (Batch next = take(); !next.entries().isEmpty(); next = take()) {
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
            List<Entry> next = new ArrayList<>();
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
            Deque<Entry> left = new ArrayDeque<>(next.entries());
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
            next.entries().stream().filter(entry -> !entry.result().isDone()).forEach(entry -> fail(entry, e));
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

    private List<Ready> decodeAhead(Deque<Entry> left, long ticket) throws InterruptedException {
        List<Ready> ready = new ArrayList<>();
        do {
            awaitRoom(ticket);
            List<Ready> more = decodeTogether(left);
            change(() -> pixels += pixels(more));
            ready.addAll(more);
        } while (!left.isEmpty() && pixels(ready) < PIXELS_AHEAD);
        return ready;
    }

    private static long pixels(List<Ready> images) {
        return images.stream()
                .map(one -> one.image().image())
                .mapToLong(image -> (long) image.width() * image.height())
                .sum();
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
            pixels -= pixels(images);
        });
    }

    /** Decodes as many images as there are threads for that. Those that do not fit into memory side by side are decoded one by one. */
    private List<Ready> decodeTogether(Deque<Entry> entries) {
        List<CompletableFuture<Decoded>> running = new ArrayList<>();
        while (running.size() < decoders && !entries.isEmpty()) {
            Entry entry = entries.remove();
            running.add(CompletableFuture.supplyAsync(() -> decode(entry), decoding));
        }
        return running.stream()
                .map(CompletableFuture::join)
                .toList()
                .stream() // only when all of them are done is there memory for one alone
                .map(decoded -> decoded.outOfMemory() ? decode(decoded.entry()) : decoded)
                .flatMap(this::readyOrFailed)
                .toList();
    }

    /** What became of an image in decoding: it is ready, or has an error, or nobody waits for it. */
    private record Decoded(Entry entry, Optional<Ready> ready, Optional<Throwable> error) {
        boolean outOfMemory() {
            return error.isPresent() && error.get() instanceof OutOfMemoryError;
        }
    }

    private Decoded decode(Entry entry) {
        try {
            if (isDropped(entry)) {
                return new Decoded(entry, Optional.empty(), Optional.empty());
            }
            long start = System.nanoTime();
            RgbImage image = scorer.decode(entry.image());
            PreparedImage prepared = entry.mapped() ? () -> image : scorer.prepare(image);
            metrics.decoded(System.nanoTime() - start);
            return new Decoded(entry, Optional.of(new Ready(entry, prepared)), Optional.empty());
        } catch (Throwable e) { // whatever it is, it is about this image, and the queue goes on
            return new Decoded(entry, Optional.empty(), Optional.of(e));
        }
    }

    private Stream<Ready> readyOrFailed(Decoded decoded) {
        decoded.error().ifPresent(error -> fail(decoded.entry(), error));
        return decoded.ready().stream();
    }

    private void score(List<Ready> images) {
        List<Ready> wanted =
                images.stream().filter(one -> !isDropped(one.entry())).toList();
        pass(wanted.stream().filter(one -> !one.entry().mapped()).toList());
        wanted.stream().filter(one -> one.entry().mapped()).forEach(this::map);
    }

    private void pass(List<Ready> images) {
        if (images.isEmpty()) {
            return;
        }
        try {
            long start = System.nanoTime();
            List<QualityScore> scores =
                    scorer.scorePrepared(images.stream().map(Ready::image).toList());
            metrics.passed(images.size(), System.nanoTime() - start);
            for (int i = 0; i < images.size(); i++) {
                answer(images.get(i), scores.get(i), Optional.empty());
            }
        } catch (Throwable e) { // the image that is at fault fails alone, too
            if (images.size() == 1) {
                fail(images.get(0).entry(), e);
            } else {
                images.forEach(one -> pass(List.of(one)));
            }
        }
    }

    /** Scores and draws; here, so that no more decoded images are held than passes are allowed. */
    private void map(Ready one) {
        try {
            long start = System.nanoTime();
            RgbImage image = one.image().image();
            MappedScore score = scorer.scoreWithMap(image);
            metrics.passed(1, System.nanoTime() - start);
            answer(one, score.quality(), Optional.of(Png.of(score.map().draw(image))));
        } catch (Throwable e) {
            fail(one.entry(), e);
        }
    }

    private void answer(Ready one, QualityScore quality, Optional<byte[]> heatmap) {
        RgbImage image = one.image().image();
        metrics.image("scored");
        unanswered.decrementAndGet();
        one.entry().result().complete(new Result(quality, image.width(), image.height(), heatmap));
    }

    private void fail(Entry entry, Throwable error) {
        metrics.image(RequestException.of(entry.image().name(), error).code().word());
        unanswered.decrementAndGet();
        entry.result().completeExceptionally(error);
    }

    /** Takes an image out that nobody waits for. */
    private boolean isDropped(Entry entry) {
        if (!entry.gone().getAsBoolean()) {
            return false;
        }
        metrics.image("dropped");
        unanswered.decrementAndGet();
        entry.result().cancel(false);
        return true;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, "deqa-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
