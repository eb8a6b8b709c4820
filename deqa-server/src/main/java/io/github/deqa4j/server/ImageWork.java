package io.github.deqa4j.server;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.PreparedImage;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.server.QueuedImage.Result;
import io.github.deqa4j.server.QueuedImage.Wanted;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * What is done with images that wait, in whatever order: they are decoded side by side, go through the network together, or one by one
 * where their parts are scored. An image that fails costs its own answer alone, whatever it fails with.
 */
final class ImageWork {
    /** Which tiles are scored of an image. */
    static final DetailSettings DETAIL = DetailSettings.defaults();

    private static final int MOST_DECODERS = 16;

    private final Scorer scorer;
    private final ServerMetrics metrics;
    private final int decoders = Math.min(MOST_DECODERS, Runtime.getRuntime().availableProcessors());
    private final ExecutorService decoding = Executors.newFixedThreadPool(decoders, work -> daemon(work, "decode"));

    ImageWork(Scorer scorer, ServerMetrics metrics) {
        this.scorer = scorer;
        this.metrics = metrics;
    }

    /** An image for which all but the network is done. */
    record Ready(QueuedImage queued, PreparedImage prepared) {
        RgbImage image() {
            return prepared.image();
        }

        long pixels() {
            return (long) image().width() * image().height();
        }

        static long pixels(List<Ready> images) {
            return images.stream().mapToLong(Ready::pixels).sum();
        }

        void answer(QualityScore quality) {
            answer(quality, Optional.empty(), Optional.empty());
        }

        private void answer(QualityScore quality, Optional<DetailScore> detail, Optional<byte[]> heatmap) {
            queued.answer(new Result(quality, detail, image().width(), image().height(), heatmap));
        }
    }

    /** An image with the score of its whole. */
    record Scored(Ready ready, QualityScore quality) {}

    /** How many images are decoded side by side. */
    int decoders() {
        return decoders;
    }

    /** Decodes as many images as there are threads for that. Those that do not fit into memory side by side are decoded one by one. */
    List<Ready> decodeTogether(Deque<QueuedImage> images) {
        List<CompletableFuture<Decoded>> running = new ArrayList<>();
        while (running.size() < decoders && !images.isEmpty()) {
            QueuedImage queued = images.remove();
            running.add(CompletableFuture.supplyAsync(() -> decode(queued), decoding));
        }
        return running.stream()
                .map(CompletableFuture::join)
                .toList()
                .stream() // only when all of them are done is there memory for one alone
                .map(decoded -> decoded.outOfMemory() ? decode(decoded.queued()) : decoded)
                .flatMap(ImageWork::readyOrFailed)
                .toList();
    }

    /** What became of an image in decoding: it is ready, or has an error, or nobody waits for it. */
    private record Decoded(QueuedImage queued, Optional<Ready> ready, Optional<Throwable> error) {
        boolean outOfMemory() {
            return error.isPresent() && error.get() instanceof OutOfMemoryError;
        }
    }

    private Decoded decode(QueuedImage queued) {
        try {
            if (queued.isDropped()) {
                return new Decoded(queued, Optional.empty(), Optional.empty());
            }
            long start = System.nanoTime();
            RgbImage image = scorer.decode(queued.image());
            boolean whole = queued.wanted() == Wanted.WHOLE || queued.wanted() == Wanted.BOTH;
            PreparedImage prepared = whole ? scorer.prepare(image) : () -> image;
            metrics.decoded(System.nanoTime() - start);
            return new Decoded(queued, Optional.of(new Ready(queued, prepared)), Optional.empty());
        } catch (Throwable e) { // whatever it is, it is about this image, and the queue goes on
            return new Decoded(queued, Optional.empty(), Optional.of(e));
        }
    }

    private static Stream<Ready> readyOrFailed(Decoded decoded) {
        decoded.error().ifPresent(decoded.queued()::fail);
        return decoded.ready().stream();
    }

    /** Scores images together; those that do not fail. */
    List<Scored> score(List<Ready> images) {
        if (images.isEmpty()) {
            return List.of();
        }
        try {
            long start = System.nanoTime();
            List<QualityScore> scores =
                    scorer.scorePrepared(images.stream().map(Ready::prepared).toList());
            metrics.passed(images.size(), System.nanoTime() - start);
            List<Scored> scored = new ArrayList<>();
            for (int i = 0; i < images.size(); i++) {
                scored.add(new Scored(images.get(i), scores.get(i)));
            }
            return scored;
        } catch (Throwable e) { // the image that is at fault fails alone, too
            if (images.size() == 1) {
                images.get(0).queued().fail(e);
                return List.of();
            }
            return images.stream().flatMap(one -> score(List.of(one)).stream()).toList();
        }
    }

    /** Scores an image and draws where it loses quality, and answers. */
    void map(Ready one) {
        try {
            long start = System.nanoTime();
            MappedScore score = scorer.scoreWithMap(one.image());
            metrics.passed(1, System.nanoTime() - start);
            byte[] drawing = Png.of(score.map().draw(one.image()));
            one.answer(score.quality(), Optional.empty(), Optional.of(drawing));
        } catch (Throwable e) {
            one.queued().fail(e);
        }
    }

    /**
     * Scores an image at its own scale, and answers.
     *
     * @param whole the score of the whole, where it is wanted, too
     */
    void detail(Ready one, Optional<QualityScore> whole) {
        try {
            long start = System.nanoTime();
            RgbImage image = one.image();
            DetailScore detail = whole.filter(quality -> scorer.keepsScale(image))
                    .map(quality -> DetailScore.ofWhole(image, quality))
                    .orElseGet(() -> scorer.scoreDetail(image, DETAIL));
            metrics.detailed(detail.tiles().size(), System.nanoTime() - start);
            one.answer(whole.orElse(detail.quality()), Optional.of(detail), Optional.empty());
        } catch (Throwable e) {
            one.queued().fail(e);
        }
    }

    /** Ends the threads that decode, once all images have their answers. */
    void close() {
        decoding.shutdown();
    }

    static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, "deqa-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
