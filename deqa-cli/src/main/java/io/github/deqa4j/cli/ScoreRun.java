package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.ImageReader;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Scores a list of pictures in batches, reading the next batch while the network works on this one. */
final class ScoreRun {
    private static final double NANOS_PER_MS = 1e6;

    private final Scorer scorer;
    private final int batch;

    ScoreRun(Scorer scorer, int batch) {
        this.scorer = scorer;
        this.batch = batch;
    }

    /** A picture that was read, or why it was not. */
    private record Loaded(String path, @Nullable RgbImage picture, String problem, long nanos) {
        RgbImage image() {
            return Objects.requireNonNull(picture);
        }

        ScoreRow scored(QualityScore quality, long scoringNanos) {
            return ScoreRow.scored(
                    path, quality, image().width(), image().height(), (nanos + scoringNanos) / NANOS_PER_MS);
        }
    }

    /** Gives a row for each entry, in their order. */
    void run(List<PictureList.Entry> entries, Consumer<ScoreRow> rows) {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<CompletableFuture<Loaded>> ahead = load(entries, 0, threads);
            for (int start = 0; start < entries.size(); start += batch) {
                List<Loaded> now = ahead.stream().map(CompletableFuture::join).toList();
                ahead = load(entries, start + batch, threads);
                score(now).forEach(rows);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<CompletableFuture<Loaded>> load(List<PictureList.Entry> entries, int start, ExecutorService threads) {
        int from = Math.min(start, entries.size());
        return entries.subList(from, Math.min(entries.size(), from + batch)).stream()
                .map(entry -> CompletableFuture.supplyAsync(() -> load(entry), threads))
                .toList();
    }

    private Loaded load(PictureList.Entry entry) {
        long start = System.nanoTime();
        if (!entry.isPicture()) {
            return new Loaded(entry.path(), null, entry.problem(), 0);
        }
        ImageReader reader = scorer.reader();
        try {
            RgbImage picture = reader.read(Path.of(entry.path()));
            return new Loaded(entry.path(), picture, "", System.nanoTime() - start);
        } catch (DeqaException e) {
            return new Loaded(entry.path(), null, Deqa.describe(e), 0);
        }
    }

    private List<ScoreRow> score(List<Loaded> pictures) {
        List<Loaded> readable =
                pictures.stream().filter(loaded -> loaded.picture() != null).toList();
        List<ScoreRow> scored = scoreReadable(readable);
        List<ScoreRow> rows = new ArrayList<>();
        int next = 0;
        for (Loaded loaded : pictures) {
            rows.add(loaded.picture() == null ? ScoreRow.failed(loaded.path(), loaded.problem()) : scored.get(next++));
        }
        return rows;
    }

    private List<ScoreRow> scoreReadable(List<Loaded> pictures) {
        try {
            long start = System.nanoTime();
            List<QualityScore> scores =
                    scorer.scoreAll(pictures.stream().map(Loaded::image).toList());
            long share = (System.nanoTime() - start) / Math.max(1, pictures.size());
            List<ScoreRow> rows = new ArrayList<>();
            for (int i = 0; i < scores.size(); i++) {
                rows.add(pictures.get(i).scored(scores.get(i), share));
            }
            return rows;
        } catch (DeqaException e) {
            return pictures.size() == 1
                    ? List.of(ScoreRow.failed(
                            pictures.get(0).path(), pictures.get(0).path() + ": " + Deqa.describe(e)))
                    : pictures.stream()
                            .flatMap(picture -> scoreReadable(List.of(picture)).stream())
                            .toList();
        }
    }
}
