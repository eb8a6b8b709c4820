package io.github.deqa4j.server;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.server.ScoreQueue.Result;
import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes requests with images from their body to their answer, without a thread that waits meanwhile. */
final class Exchange {
    private final Supplier<ServedModel> model;
    private final RequestLimits limits;
    private final ByteBudget budget;
    private final Executor threads;

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
        ServletInputStream stream = request.getInputStream();
        context.future(() -> RequestBody.read(stream, request.getContentLengthLong(), limits, budget)
                .thenCompose(body ->
                        begin(work, new Arrived(context, body, start)).whenComplete((answer, error) -> body.close()))
                .handleAsync((answer, error) -> write(context, answer, error), threads));
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
     * @param mapped whether their heat maps are drawn, too
     */
    List<CompletableFuture<Result>> score(Arrived request, List<EncodedImage> images, boolean mapped) {
        HttpServletRequest from = request.context().req();
        return model().queue().accept(images, mapped, () -> WatchedEndPoint.isGone(from));
    }

    /** All results, in their order; the first error if there is one. */
    static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> results) {
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(done -> results.stream().map(CompletableFuture::join).toList());
    }

    private static CompletableFuture<Consumer<Context>> begin(Work work, Arrived request) {
        try {
            return work.begin(request);
        } catch (Throwable e) { // the body's memory is given back all the same
            return CompletableFuture.failedFuture(e);
        }
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
