package io.github.deqa4j.server;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.server.QueuedImage.Result;
import io.github.deqa4j.server.QueuedImage.Wanted;
import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes requests with images from their body to their answer, without a thread that waits meanwhile. */
final class Exchange {
    private final Supplier<ServedModel> model;
    private final RequestLimits limits;
    private final ByteBudget budget;
    private final Executor threads;
    private final Set<RequestBody> arriving = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /**
     * Works for one server.
     *
     * @param model gives the model, or throws a {@link RequestException} while there is none
     * @param threads where answers are written
     */
    Exchange(Supplier<ServedModel> model, RequestLimits limits, ByteBudget budget, Executor threads) {
        this.model = model;
        this.limits = limits;
        this.budget = budget;
        this.threads = threads;
    }

    /** A request whose body is there. */
    record Arrived(Context context, RequestBody content, long start) {
        byte[] body() {
            return content.bytes();
        }

        /** Milliseconds from the request's first line to now. */
        double milliseconds() {
            return (System.nanoTime() - start) / 1e6;
        }
    }

    /** Makes the answer to a request; it is written when it is complete. */
    interface Work {
        CompletableFuture<Consumer<Context>> begin(Arrived request);
    }

    /** Answers a request as soon as its body is there and its work is done. */
    void answer(Context context, Work work) throws IOException {
        long start = System.nanoTime();
        HttpServletRequest request = context.req();
        // Before the stream is asked for: that tells a client to send, which waits for leave (100-continue).
        RequestBody.checkAnnounced(request.getContentLengthLong(), limits);
        ServletInputStream stream = request.getInputStream();
        context.future(() -> body(stream, request.getContentLengthLong())
                .thenCompose(body -> guarded(() -> work.begin(new Arrived(context, body, start)))
                        .whenComplete((answer, error) -> body.close()))
                .handleAsync((answer, error) -> write(context, answer, error), threads));
    }

    private CompletableFuture<RequestBody> body(ServletInputStream stream, long announced) {
        RequestBody body = RequestBody.read(stream, announced, limits, budget);
        arriving.add(body);
        if (stopping) {
            body.stop();
        }
        return body.arrived().whenComplete((all, error) -> arriving.remove(body));
    }

    /** Waits for no body any more: requests whose bodies are not there yet are answered that the server is being stopped. */
    void stop() {
        stopping = true;
        arriving.forEach(RequestBody::stop);
    }

    /** The model that answers requests now. */
    ServedModel model() {
        return model.get();
    }

    RequestLimits limits() {
        return limits;
    }

    /**
     * Scores images.
     *
     * @param wanted what is asked of each
     */
    List<CompletableFuture<Result>> score(Arrived request, List<EncodedImage> images, Wanted wanted) {
        RequestLog.images(request.context(), images.size());
        HttpServletRequest from = request.context().req();
        return model().queue().accept(images, wanted, () -> WatchedEndPoint.isGone(from));
    }

    /** Does work with bytes that were fetched for it: like those of a body, they count until it is done. */
    <T> CompletableFuture<T> holding(long bytes, Supplier<CompletableFuture<T>> work) {
        if (!budget.reserve(bytes)) {
            throw RequestBody.noMemory();
        }
        return guarded(work).whenComplete((done, error) -> budget.release(bytes));
    }

    /** Work whose failure to begin is a failure of its result: what it holds is given back all the same. */
    private static <T> CompletableFuture<T> guarded(Supplier<CompletableFuture<T>> work) {
        try {
            return work.get();
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** All results, in their order; the first error if there is one. */
    static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> results) {
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(done -> results.stream().map(CompletableFuture::join).toList());
    }

    private static boolean write(Context context, Consumer<Context> answer, Throwable error) {
        if (error == null) {
            answer.accept(context);
        } else {
            ErrorRoutes.answer(context, "the request", error);
        }
        return true;
    }
}
