package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.prepare.Pixels;
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
 * Reads the images of batches on several threads, as far ahead as a memory budget allows. The result does not depend on
 * the number of threads.
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
     * @param skipUnreadable whether items with images that cannot be read are left out
     * @param share chooses the items of a batch that this process reads
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
            Thread thread = new Thread(task, "image-reader");
            thread.setDaemon(true);
            return thread;
        });
    }

    private record Pending(Batch batch, Map<ImageRequest, CompletableFuture<List<AugmentedImage<Pixels>>>> inputs) {}

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
        Map<ImageRequest, List<AugmentedImage<Pixels>>> inputs = new HashMap<>();
        Map<Path, DeqaException> problems = new LinkedHashMap<>();
        pending.inputs.forEach((request, future) -> await(request, future, inputs, problems));
        bytesAhead -= bytes(pending.batch);
        if (!problems.isEmpty() && !skipUnreadable) {
            throw problems.values().iterator().next();
        }
        List<TrainingItem> readable = share.apply(pending.batch.items()).stream()
                .filter(item -> item.samples().allMatch(sample -> inputs.containsKey(item.request(sample))))
                .toList();
        return new LoadedBatch(pending.batch, readable, inputs, new ArrayList<>(problems.values()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void fill() {
        while (upcoming != null && (ahead.isEmpty() || bytesAhead + bytes(upcoming) <= budget)) {
            Map<ImageRequest, CompletableFuture<List<AugmentedImage<Pixels>>>> futures = new LinkedHashMap<>();
            requests(upcoming)
                    .forEach(request ->
                            futures.put(request, CompletableFuture.supplyAsync(() -> images.read(request), threads)));
            bytesAhead += bytes(upcoming);
            ahead.add(new Pending(upcoming, futures));
            upcoming = nextOf(batches);
        }
    }

    private long bytes(Batch batch) {
        return requests(batch).stream().mapToLong(TrainingImageReader::bytes).sum();
    }

    private Set<ImageRequest> requests(Batch batch) {
        return share.apply(batch.items()).stream()
                .flatMap(item -> item.samples().map(item::request))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static @Nullable Batch nextOf(Iterator<Batch> batches) {
        return batches.hasNext() ? batches.next() : null;
    }

    private static void await(
            ImageRequest request,
            CompletableFuture<List<AugmentedImage<Pixels>>> future,
            Map<ImageRequest, List<AugmentedImage<Pixels>>> inputs,
            Map<Path, DeqaException> problems) {
        try {
            inputs.put(request, future.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof SettingsException wrong) { // of no image alone
                throw wrong;
            }
            if (!(e.getCause() instanceof DeqaException unreadable)) {
                throw e;
            }
            problems.put(request.file(), unreadable);
        }
    }
}
