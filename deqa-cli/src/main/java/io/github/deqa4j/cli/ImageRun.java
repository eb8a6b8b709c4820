package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.image.RgbImage;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network over many images in batches, reading the next batch while the network works on this one. An image
 * that fails, in reading or in the network, fails alone; a model that fails ends the run.
 *
 * @param <T> what names an image
 * @param <R> what the network says of one
 */
final class ImageRun<T, R> {
    private static final double NANOS_PER_MS = 1e6;

    private final int batch;
    private final Function<T, String> name;
    private final Function<T, RgbImage> reader;
    private final Function<List<RgbImage>, List<R>> network;
    private final BooleanSupplier stop;

    /**
     * A run that is still to be given its images.
     *
     * @param batch images that the network takes together, at least 1
     * @param name an image's name, for what is said of it when the network fails
     * @param reader reads an image, on several threads at once; a {@link DeqaException} is that image's failure
     * @param network one answer for each image, in their order
     * @param stop asked before every batch whether to end there
     */
    ImageRun(
            int batch,
            Function<T, String> name,
            Function<T, RgbImage> reader,
            Function<List<RgbImage>, List<R>> network,
            BooleanSupplier stop) {
        this.batch = batch;
        this.name = name;
        this.reader = reader;
        this.network = network;
        this.stop = stop;
    }

    /**
     * What became of an image.
     *
     * @param ms milliseconds that reading and the network took; its share where a batch ran together
     * @param problem why there is no answer; empty if there is one
     */
    record Outcome<T, R>(T item, @Nullable R answer, int width, int height, double ms, String problem) {
        boolean failed() {
            return answer == null;
        }

        /** The answer; only of an outcome that has one. */
        R get() {
            return Objects.requireNonNull(answer);
        }
    }

    /** An image that was read, or why it was not. */
    private record Loaded<T>(T item, @Nullable RgbImage image, String problem, long nanos) {
        RgbImage decoded() {
            return Objects.requireNonNull(image);
        }

        <R> Outcome<T, R> answered(R answer, long networkNanos) {
            return new Outcome<>(
                    item, answer, decoded().width(), decoded().height(), (nanos + networkNanos) / NANOS_PER_MS, "");
        }

        <R> Outcome<T, R> failed(String why) {
            return new Outcome<>(item, null, 0, 0, 0, why);
        }
    }

    /**
     * Gives an outcome for each item, in their order, as soon as its batch is done.
     *
     * @throws UnusableModelException if the network says that no image would get an answer
     */
    void run(List<T> items, Consumer<Outcome<T, R>> outcomes) {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<CompletableFuture<Loaded<T>>> ahead = load(items, 0, threads);
            for (int start = 0; start < items.size() && !stop.getAsBoolean(); start += batch) {
                List<Loaded<T>> now =
                        ahead.stream().map(CompletableFuture::join).toList();
                ahead = load(items, start + batch, threads);
                answer(now).forEach(outcomes);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<CompletableFuture<Loaded<T>>> load(List<T> items, int start, ExecutorService threads) {
        int from = Math.min(start, items.size());
        return items.subList(from, Math.min(items.size(), from + batch)).stream()
                .map(item -> CompletableFuture.supplyAsync(() -> load(item), threads))
                .toList();
    }

    private Loaded<T> load(T item) {
        long start = System.nanoTime();
        try {
            RgbImage image = reader.apply(item);
            return new Loaded<>(item, image, "", System.nanoTime() - start);
        } catch (DeqaException e) {
            return new Loaded<>(item, null, Deqa.describe(e), 0);
        }
    }

    private List<Outcome<T, R>> answer(List<Loaded<T>> images) {
        List<Outcome<T, R>> answered = answerReadable(
                images.stream().filter(loaded -> loaded.image() != null).toList());
        var next = answered.iterator();
        return images.stream()
                .map(loaded -> loaded.image() == null ? loaded.<R>failed(loaded.problem()) : next.next())
                .toList();
    }

    private List<Outcome<T, R>> answerReadable(List<Loaded<T>> images) {
        if (images.isEmpty()) {
            return List.of();
        }
        try {
            long start = System.nanoTime();
            List<R> answers = network.apply(images.stream().map(Loaded::decoded).toList());
            long share = (System.nanoTime() - start) / images.size();
            return IntStream.range(0, answers.size())
                    .mapToObj(i -> images.get(i).answered(answers.get(i), share))
                    .toList();
        } catch (UnusableModelException e) {
            throw e;
        } catch (DeqaException e) {
            return images.size() == 1
                    ? List.of(images.get(0).failed(name.apply(images.get(0).item()) + ": " + Deqa.describe(e)))
                    : images.stream()
                            .flatMap(image -> answerReadable(List.of(image)).stream())
                            .toList();
        }
    }
}
