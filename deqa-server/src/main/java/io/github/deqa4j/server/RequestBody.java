package io.github.deqa4j.server;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a body into memory as it arrives, without a thread that waits for it. Memory is taken from a budget as it is needed, and not as a
 * client announces it. A body for which there is none is read to its end all the same: a client that is still sending would not see
 * the answer.
 */
final class RequestBody implements ReadListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestBody.class);
    private static final int FIRST_BYTES = 64 << 10;
    private static final int REFUSED_BYTES = 4 << 10;

    private final ServletInputStream stream;
    private final long announced;
    private final RequestLimits limits;
    private final ByteBudget budget;
    private final CompletableFuture<RequestBody> arrived = new CompletableFuture<>();
    private byte[] bytes = new byte[0];
    private int length;
    private int reserved;
    private boolean refused;
    private boolean closed;

    private RequestBody(ServletInputStream stream, long announced, RequestLimits limits, ByteBudget budget) {
        this.stream = stream;
        this.announced = announced;
        this.limits = limits;
        this.budget = budget;
    }

    /**
     * Begins to read, in a request that is asynchronous already.
     *
     * @param announced its length, -1 if unknown
     */
    static RequestBody read(ServletInputStream stream, long announced, RequestLimits limits, ByteBudget budget) {
        RequestBody body = new RequestBody(stream, announced, limits, budget);
        stream.setReadListener(body);
        return body;
    }

    /**
     * Waits for all of it, as long as the limits say.
     *
     * @return the body itself; a {@link RequestException} if it is too large or too slow, or the server is busy. Who gets the body closes
     *     it when its bytes are of no use any more
     */
    CompletableFuture<RequestBody> arrived() {
        return arrived.orTimeout(limits.bodyTime().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((all, error) -> {
                    if (error != null) {
                        close();
                    }
                });
    }

    /** Waits no longer; does nothing if all of it is there. */
    void stop() {
        arrived.completeExceptionally(new RequestException(ErrorCode.STOPPING, "the server is being stopped"));
    }

    static RequestException noMemory() {
        return new RequestException(ErrorCode.BUSY, "there is no memory left for this request; send it again later");
    }

    /** @throws RequestException if a body is to come that is too large */
    static void checkAnnounced(long announced, RequestLimits limits) {
        if (announced > limits.bytes()) {
            throw tooLarge(limits);
        }
    }

    /** All of the bytes. */
    synchronized byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    @Override
    public synchronized void onDataAvailable() throws IOException {
        while (!closed && stream.isReady()) {
            if (length == (announced < 0 ? limits.bytes() : announced)) {
                requireEnd();
                return;
            }
            if (length == bytes.length) {
                grow();
            }
            int read = stream.read(bytes, length, bytes.length - length);
            if (read < 0) {
                return;
            }
            length = refused ? 0 : length + read;
        }
    }

    @Override
    public void onAllDataRead() {
        if (isRefused()) {
            arrived.completeExceptionally(noMemory());
        } else {
            arrived.complete(this);
        }
    }

    @Override
    public void onError(Throwable error) {
        LOG.debug("a body ended early", error);
        arrived.completeExceptionally(
                error instanceof TimeoutException
                        ? error
                        : new RequestException(ErrorCode.BAD_REQUEST, "the request's body ended early"));
    }

    /** Gives its memory back; may be called more than once. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            budget.release(reserved);
            bytes = new byte[0];
            length = 0;
        }
    }

    private synchronized boolean isRefused() {
        return refused;
    }

    private void grow() {
        long most = announced < 0 ? limits.bytes() : announced;
        int capacity = (int) Math.min(most, Math.max(FIRST_BYTES, 2L * bytes.length));
        if (budget.reserve(capacity - reserved)) {
            reserved = capacity;
            bytes = Arrays.copyOf(bytes, capacity);
        } else {
            refused = true; // the rest is read, and not kept
            length = 0;
            budget.release(reserved);
            reserved = 0;
            bytes = new byte[REFUSED_BYTES];
        }
    }

    private void requireEnd() throws IOException {
        if (stream.read() >= 0) {
            arrived.completeExceptionally(tooLarge(limits));
        }
    }

    private static RequestException tooLarge(RequestLimits limits) {
        return new RequestException(
                ErrorCode.TOO_LARGE,
                "the request's body has more than " + limits.bytes() + " bytes, which is the limit; send less at once");
    }
}
