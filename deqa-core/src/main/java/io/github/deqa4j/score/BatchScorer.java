package io.github.deqa4j.score;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Scores many images in batches. It decodes and prepares the next images while the scorer works. An image that fails, in
 * decoding or in scoring, is one {@link Outcome.Failed} and no more. Whatever the number of images, it holds no more decoded ones than
 * the batch that is scored and, for the time after it, another batch or one image for each thread, whichever is more.
 *
 * <p>One thread at a time may use it. Another thread may close it: a run that is going on then ends with a
 * {@link ScorerClosedException}. Closing it leaves the scorer open.
 */
public final class BatchScorer implements AutoCloseable {
    private static final double NANOS_PER_MS = 1e6;

    private final Scorer scorer;
    private final BatchOptions options;
    private final int batchSize;
    private final ExecutorService threads;
    private volatile boolean closed;

    private BatchScorer(Scorer scorer, BatchOptions options) {
        this.scorer = scorer;
        this.options = options;
        this.batchSize = options.batchSize().orElseGet(scorer::batch);
        this.threads = Executors.newFixedThreadPool(options.threads(), work -> {
            Thread thread = new Thread(work, "deqa-decode");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Scores with a scorer.
     *
     * @throws InvalidSettingException if maps or tiles are asked for, and the scorer does not support them
     */
    public static BatchScorer of(Scorer scorer, BatchOptions options) {
        if (options.maps() && !scorer.supportsMaps()) {
            throw new InvalidSettingException(
                    "this model scores images only as a whole, so maps cannot be had of it; set maps to"
                            + " false or open a small network");
        }
        if (options.view().hasDetail() && !scorer.supportsDetail()) {
            throw new InvalidSettingException(
                    "view",
                    "this model sees images only as a whole, so the view " + options.view()
                            + " cannot be had of it; set the view to whole or open a small network");
        }
        return new BatchScorer(scorer, options);
    }

    /**
     * Scores files; otherwise as {@link #score(Iterable, Function, Consumer)}.
     *
     * @param files are opened ahead
     */
    public void score(Iterable<Path> files, Consumer<Outcome<Path>> outcomes) {
        score(files, EncodedImage::of, outcomes);
    }

    /**
     * Gives an outcome for each item, in their order, as soon as its batch is done.
     *
     * @param items what to score; taken ahead
     * @param image gives an item's image, on one of the decoding threads; a {@link DeqaException} of it is the item's outcome
     * @param outcomes is called on this thread; what it throws ends the run
     * @throws UnusableModelException if the network gives no score for any image
     * @throws ScorerClosedException if this or the scorer is closed, before or meanwhile
     * @throws OutOfMemoryError if the network has not memory enough for a batch
     */
    public <T> void score(Iterable<T> items, Function<T, EncodedImage> image, Consumer<Outcome<T>> outcomes) {
        outcomes(items.iterator(), item -> scorer.decode(image.apply(item))).forEachRemaining(outcomes);
    }

    /**
     * Gives the outcomes to a caller who takes them one by one, as a step between other iterators. A batch is scored when
     * an outcome is asked for and those of the batch before are taken. Otherwise as {@link #score(Iterable, Function, Consumer)},
     * and the iterator throws what that throws.
     *
     * @param items what to score; taken ahead, the first ones by this call, and on the thread that asks for outcomes
     * @param decoder gives an item's decoded image, on one of the decoding threads; a {@link DeqaException} of it is the item's
     *     outcome
     */
    public <T> Iterator<Outcome<T>> outcomes(Iterator<T> items, Function<T, RgbImage> decoder) {
        return new Outcomes<>(items, item -> prepared(decoder.apply(item)));
    }

    private final class Outcomes<T> implements Iterator<Outcome<T>> {
        private final Iterator<T> items;
        private final Function<T, PreparedImage> reader;
        private final Queue<Ahead<T>> ahead = new ArrayDeque<>();
        private final Queue<Outcome<T>> done = new ArrayDeque<>();

        Outcomes(Iterator<T> items, Function<T, PreparedImage> reader) {
            this.items = items;
            this.reader = reader;
            readAhead(items, reader, ahead);
        }

        @Override
        public boolean hasNext() {
            while (done.isEmpty() && !ahead.isEmpty() && !options.stop().getAsBoolean()) {
                List<ReadImage<T>> batch = BatchScorer.this.next(ahead, reader);
                readAhead(items, reader, ahead);
                done.addAll(score(batch));
            }
            return !done.isEmpty();
        }

        @Override
        public Outcome<T> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return done.remove();
        }
    }

    @Override
    public void close() {
        threads.shutdown(); // what is queued still completes, so that nobody waits for it in vain
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private static ScorerClosedException closedException() {
        return new ScorerClosedException("this batch scorer is closed");
    }

    /** Maps and tiles are made of images, not of the input for one score. */
    private PreparedImage prepared(RgbImage image) {
        return options.maps() || !needsWhole(image) ? () -> image : scorer.prepare(image);
    }

    /** Whether an image goes through the network as a whole; where that keeps its scale, this gives its detail, too. */
    private boolean needsWhole(RgbImage image) {
        return options.view() != View.DETAIL || options.maps() || scorer.keepsScale(image);
    }

    private <T> void readAhead(Iterator<T> items, Function<T, PreparedImage> reader, Queue<Ahead<T>> ahead) {
        requireOpen();
        while (ahead.size() < Math.max(batchSize, options.threads()) && items.hasNext()) {
            ahead.add(begin(items.next(), reader));
        }
    }

    private <T> List<ReadImage<T>> next(Queue<Ahead<T>> ahead, Function<T, PreparedImage> reader) {
        List<ReadImage<T>> batch = new ArrayList<>();
        while (batch.size() < batchSize && !ahead.isEmpty()) {
            Ahead<T> one = ahead.remove();
            batch.add(one.await().orElseGet(() -> readAlone(one.item(), reader, ahead)));
        }
        return batch;
    }

    /** Reads an image that ran out of memory again, while those after it are forgotten; these are then read again, too. */
    private <T> ReadImage<T> readAlone(T item, Function<T, PreparedImage> reader, Queue<Ahead<T>> ahead) {
        List<T> after = ahead.stream().map(Ahead::item).toList();
        ahead.forEach(Ahead::end);
        ahead.clear();
        try {
            return ReadImage.of(item, reader);
        } catch (OutOfMemoryError e) {
            return new ReadImage<>(item, Optional.empty(), Optional.of(e), 0);
        } finally {
            after.forEach(next -> ahead.add(begin(next, reader)));
        }
    }

    private <T> Ahead<T> begin(T item, Function<T, PreparedImage> reader) {
        try {
            return new Ahead<>(item, CompletableFuture.supplyAsync(() -> ReadImage.of(item, reader), threads));
        } catch (RejectedExecutionException e) {
            throw closedException();
        }
    }

    private <T> List<Outcome<T>> score(List<ReadImage<T>> batch) {
        Iterator<Outcome<T>> scored = scoreReadable(
                        batch.stream().filter(one -> one.error().isEmpty()).toList())
                .iterator();
        return batch.stream()
                .map(one -> one.error()
                        .<Outcome<T>>map(error -> new Outcome.Failed<>(one.item(), error))
                        .orElseGet(scored::next))
                .toList();
    }

    private <T> List<Outcome<T>> scoreReadable(List<ReadImage<T>> batch) {
        if (batch.isEmpty()) {
            return List.of();
        }
        try {
            long start = System.nanoTime();
            List<Scores> scores = pass(batch.stream().map(ReadImage::ready).toList());
            long share = (System.nanoTime() - start) / batch.size();
            return IntStream.range(0, batch.size())
                    .mapToObj(i -> batch.get(i).scored(scores.get(i), share))
                    .toList();
        } catch (UnusableModelException | ScorerClosedException e) {
            throw e;
        } catch (DeqaException e) {
            return batch.size() == 1
                    ? List.of(new Outcome.Failed<>(batch.get(0).item(), e))
                    : batch.stream()
                            .flatMap(one -> scoreReadable(List.of(one)).stream())
                            .toList();
        }
    }

    private List<Scores> pass(List<PreparedImage> images) {
        Iterator<WholeScore> wholes = wholes(
                        images.stream().filter(one -> needsWhole(one.image())).toList())
                .iterator();
        return images.stream()
                .map(PreparedImage::image)
                .map(image -> scores(image, needsWhole(image) ? Optional.of(wholes.next()) : Optional.empty()))
                .toList();
    }

    private List<WholeScore> wholes(List<PreparedImage> images) {
        if (images.isEmpty()) {
            return List.of();
        }
        if (!options.maps()) {
            return scorer.scorePrepared(images).stream()
                    .map(quality -> new WholeScore(quality, Optional.empty()))
                    .toList();
        }
        return images.stream()
                .map(image -> scorer.scoreWithMap(image.image()))
                .map(mapped -> new WholeScore(mapped.quality(), Optional.of(mapped.map())))
                .toList();
    }

    private Scores scores(RgbImage image, Optional<WholeScore> whole) {
        Optional<QualityMap> map = whole.flatMap(WholeScore::map);
        Optional<DetailScore> detail =
                options.view().hasDetail() ? Optional.of(detail(image, whole)) : Optional.empty();
        QualityScore quality = detail.filter(any -> options.view() == View.DETAIL)
                .map(DetailScore::quality)
                .orElseGet(() -> whole.orElseThrow().quality());
        return new Scores(quality, detail, map);
    }

    private DetailScore detail(RgbImage image, Optional<WholeScore> whole) {
        return whole.map(known -> scorer.scoreDetail(image, options.detail(), known.quality()))
                .orElseGet(() -> scorer.scoreDetail(image, options.detail()));
    }

    private record WholeScore(QualityScore quality, Optional<QualityMap> map) {}

    private record Scores(QualityScore quality, Optional<DetailScore> detail, Optional<QualityMap> map) {}

    /** An image that a thread decodes and prepares. */
    private record Ahead<T>(T item, CompletableFuture<ReadImage<T>> read) {
        /** The image; empty if it ran out of memory: images that do not fit side by side may fit one by one. */
        Optional<ReadImage<T>> await() {
            try {
                return Optional.of(read.join());
            } catch (CompletionException e) {
                if (e.getCause() instanceof OutOfMemoryError) {
                    return Optional.empty();
                }
                throw e.getCause() instanceof RuntimeException thrown ? thrown : e;
            }
        }

        /** Waits until the thread is done with the image, whatever becomes of it. */
        void end() {
            read.handle((image, error) -> true).join();
        }
    }

    /** An image, or why there is none. */
    private record ReadImage<T>(T item, Optional<PreparedImage> image, Optional<Throwable> error, long nanos) {
        static <T> ReadImage<T> of(T item, Function<T, PreparedImage> reader) {
            long start = System.nanoTime();
            try {
                PreparedImage image = reader.apply(item);
                return new ReadImage<>(item, Optional.of(image), Optional.empty(), System.nanoTime() - start);
            } catch (ScorerClosedException e) {
                throw e;
            } catch (DeqaException e) {
                return new ReadImage<>(item, Optional.empty(), Optional.of(e), 0);
            }
        }

        PreparedImage ready() {
            return image.orElseThrow();
        }

        Outcome<T> scored(Scores scores, long scoringNanos) {
            return new Outcome.Scored<>(
                    item,
                    ready().image(),
                    scores.quality(),
                    scores.detail(),
                    scores.map(),
                    (nanos + scoringNanos) / NANOS_PER_MS);
        }
    }
}
