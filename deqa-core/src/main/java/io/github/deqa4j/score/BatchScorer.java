package io.github.deqa4j.score;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Scores many images in batches, and decodes the next batch while the scorer works on this one. An image that fails, in
 * decoding or in scoring, is one {@link Outcome.Failed} and no more. At most two batches of decoded images are held, whatever the
 * number of images.
 *
 * <p>One thread at a time may use it. Another thread may close it: a run that is going on then ends with a
 * {@link ScorerClosedException}. Closing it leaves the scorer open.
 */
public final class BatchScorer implements AutoCloseable {
    private static final double NANOS_PER_MS = 1e6;

    private final Scorer scorer;
    private final BatchOptions options;
    private final ExecutorService threads;
    private volatile boolean closed;

    private BatchScorer(Scorer scorer, BatchOptions options) {
        this.scorer = scorer;
        this.options = options;
        this.threads = Executors.newFixedThreadPool(options.threads(), work -> {
            Thread thread = new Thread(work, "deqa-decode");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Scores with a scorer.
     *
     * @throws InvalidSettingException if maps are asked for, and the scorer does not support them
     */
    public static BatchScorer of(Scorer scorer, BatchOptions options) {
        if (options.maps() && !scorer.supportsMaps()) {
            throw new InvalidSettingException(
                    "this model scores images only as a whole, so maps cannot be had of it; set maps to"
                            + " false or open a small network");
        }
        return new BatchScorer(scorer, options);
    }

    /**
     * Scores files; otherwise as {@link #score(Iterable, Function, Consumer)}.
     *
     * @param files are opened one batch ahead
     */
    public void score(Iterable<Path> files, Consumer<Outcome<Path>> outcomes) {
        score(files, EncodedImage::of, outcomes);
    }

    /**
     * Gives an outcome for each item, in their order, as soon as its batch is done.
     *
     * @param items what to score; taken one batch ahead
     * @param image gives an item's image, on one of the decoding threads; a {@link DeqaException} of it is the item's outcome
     * @param outcomes is called on this thread; what it throws ends the run
     * @throws UnusableModelException if the network gives no score for any image
     * @throws ScorerClosedException if this or the scorer is closed, before or meanwhile
     * @throws OutOfMemoryError if the network has not memory enough for a batch
     */
    public <T> void score(Iterable<T> items, Function<T, EncodedImage> image, Consumer<Outcome<T>> outcomes) {
        Iterator<T> left = items.iterator();
        Function<T, RgbImage> decoder = item -> scorer.decode(image.apply(item));
        List<Ahead<T>> ahead = decode(left, decoder);
        while (!ahead.isEmpty() && !options.stop().getAsBoolean()) {
            List<Decoded<T>> batch =
                    ahead.stream().map(one -> one.await(decoder)).toList();
            ahead = decode(left, decoder);
            score(batch).forEach(outcomes);
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

    private <T> List<Ahead<T>> decode(Iterator<T> items, Function<T, RgbImage> decoder) {
        requireOpen();
        List<Ahead<T>> batch = new ArrayList<>();
        while (batch.size() < options.batchSize() && items.hasNext()) {
            T item = items.next();
            batch.add(new Ahead<>(item, begin(() -> Decoded.of(item, decoder))));
        }
        return batch;
    }

    private <R> CompletableFuture<R> begin(Supplier<R> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads);
        } catch (RejectedExecutionException e) {
            throw closedException();
        }
    }

    private <T> List<Outcome<T>> score(List<Decoded<T>> batch) {
        Iterator<Outcome<T>> scored = scoreReadable(
                        batch.stream().filter(one -> one.error().isEmpty()).toList())
                .iterator();
        return batch.stream()
                .map(one -> one.error()
                        .<Outcome<T>>map(error -> new Outcome.Failed<>(one.item(), error))
                        .orElseGet(scored::next))
                .toList();
    }

    private <T> List<Outcome<T>> scoreReadable(List<Decoded<T>> batch) {
        if (batch.isEmpty()) {
            return List.of();
        }
        try {
            long start = System.nanoTime();
            List<MappedOutcome> scores = pass(batch.stream().map(Decoded::rgb).toList());
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

    private List<MappedOutcome> pass(List<RgbImage> images) {
        if (!options.maps()) {
            return scorer.scoreAll(images).stream()
                    .map(quality -> new MappedOutcome(quality, Optional.empty()))
                    .toList();
        }
        return images.stream()
                .map(scorer::scoreWithMap)
                .map(mapped -> new MappedOutcome(mapped.quality(), Optional.of(mapped.map())))
                .toList();
    }

    private record MappedOutcome(QualityScore quality, Optional<QualityMap> map) {}

    /** An image that a thread is decoding. */
    private record Ahead<T>(T item, CompletableFuture<Decoded<T>> decoded) {
        /** Images that do not fit into memory side by side may fit one by one, so one that ran out of it is decoded again. */
        Decoded<T> await(Function<T, RgbImage> decoder) {
            try {
                return decoded.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof OutOfMemoryError) {
                    return decodedAlone(decoder);
                }
                throw e.getCause() instanceof RuntimeException thrown ? thrown : e;
            }
        }

        private Decoded<T> decodedAlone(Function<T, RgbImage> decoder) {
            try {
                return Decoded.of(item, decoder);
            } catch (OutOfMemoryError e) {
                return new Decoded<>(item, Optional.empty(), Optional.of(e), 0);
            }
        }
    }

    /** An image, or why there is none. */
    private record Decoded<T>(T item, Optional<RgbImage> image, Optional<Throwable> error, long nanos) {
        static <T> Decoded<T> of(T item, Function<T, RgbImage> decoder) {
            long start = System.nanoTime();
            try {
                RgbImage image = decoder.apply(item);
                return new Decoded<>(item, Optional.of(image), Optional.empty(), System.nanoTime() - start);
            } catch (ScorerClosedException e) {
                throw e;
            } catch (DeqaException e) {
                return new Decoded<>(item, Optional.empty(), Optional.of(e), 0);
            }
        }

        RgbImage rgb() {
            return image.orElseThrow();
        }

        Outcome<T> scored(MappedOutcome score, long scoringNanos) {
            return new Outcome.Scored<>(
                    item, rgb(), score.quality(), score.map(), (nanos + scoringNanos) / NANOS_PER_MS);
        }
    }
}
