package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.train.config.SettingsException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the images of batches on several threads, as far ahead as a memory budget allows. What comes out does not depend on
 * the threads.
 */
public final class BatchLoader implements AutoCloseable {
    private final Iterator<Batch> batches;
    private final TrainingImageReader images;
    private final long budget;
    private final boolean skipUnreadable;
    private final UnaryOperator<List<TrainingItem>> share;
    private final ExecutorService threads;
    private final Deque<Pending> ahead = new ArrayDeque<>();
    private @Nullable Batch upcoming;
    private long bytesAhead;

    /**
     * A loader. It begins when the first batch is asked for.
     *
     * @param batches in their order
     * @param images how an image is read
     * @param budget bytes of images read ahead; one batch is always read whole
     * @param threadCount threads that read
     * @param skipUnreadable whether draws with images that cannot be read are left out
     * @param share which of a batch's draws are read at all
     */
    public BatchLoader(
            Iterator<Batch> batches,
            TrainingImageReader images,
            long budget,
            int threadCount,
            boolean skipUnreadable,
            UnaryOperator<List<TrainingItem>> share) {
        this.batches = batches;
        this.share = share;
        upcoming = nextOf(batches);
        this.images = images;
        this.budget = budget;
        this.skipUnreadable = skipUnreadable;
        threads = Executors.newFixedThreadPool(threadCount, task -> {
            Thread thread = new Thread(task, "picture-reader");
            thread.setDaemon(true);
            return thread;
        });
    }

    private record Pending(Batch batch, Map<ImageRequest, CompletableFuture<List<PreparedImage>>> looks) {}

    /** Whether there is another batch. */
    public boolean hasNext() {
        return !ahead.isEmpty() || upcoming != null;
    }

    /**
     * The next batch.
     *
     * @throws DeqaException if one of its images cannot be read and none may be left out
     */
    public LoadedBatch next() {
        fill();
        Pending pending = ahead.remove();
        Map<ImageRequest, List<PreparedImage>> looks = new HashMap<>();
        Map<Path, DeqaException> problems = new LinkedHashMap<>();
        pending.looks.forEach((look, future) -> await(look, future, looks, problems));
        bytesAhead -= bytes(pending.batch);
        if (!problems.isEmpty() && !skipUnreadable) {
            throw problems.values().iterator().next();
        }
        List<TrainingItem> readable = share.apply(pending.batch.draws()).stream()
                .filter(draw -> draw.samples().allMatch(sample -> looks.containsKey(draw.look(sample))))
                .toList();
        return new LoadedBatch(pending.batch, readable, looks, new ArrayList<>(problems.values()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void fill() {
        while (upcoming != null && (ahead.isEmpty() || bytesAhead + bytes(upcoming) <= budget)) {
            Map<ImageRequest, CompletableFuture<List<PreparedImage>>> futures = new LinkedHashMap<>();
            looks(upcoming)
                    .forEach(
                            look -> futures.put(look, CompletableFuture.supplyAsync(() -> images.read(look), threads)));
            bytesAhead += bytes(upcoming);
            ahead.add(new Pending(upcoming, futures));
            upcoming = nextOf(batches);
        }
    }

    private long bytes(Batch batch) {
        return looks(batch).stream().mapToLong(TrainingImageReader::bytes).sum();
    }

    private Set<ImageRequest> looks(Batch batch) {
        return share.apply(batch.draws()).stream()
                .flatMap(draw -> draw.samples().map(draw::look))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static @Nullable Batch nextOf(Iterator<Batch> batches) {
        return batches.hasNext() ? batches.next() : null;
    }

    private static void await(
            ImageRequest look,
            CompletableFuture<List<PreparedImage>> future,
            Map<ImageRequest, List<PreparedImage>> looks,
            Map<Path, DeqaException> problems) {
        try {
            looks.put(look, future.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof SettingsException wrong) { // of no image alone
                throw wrong;
            }
            if (!(e.getCause() instanceof DeqaException unreadable)) {
                throw e;
            }
            problems.put(look.image(), unreadable);
        }
    }
}
