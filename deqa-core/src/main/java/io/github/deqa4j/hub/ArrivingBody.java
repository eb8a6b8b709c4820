package io.github.deqa4j.hub;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, piece by piece as it arrives. A server that stops sending without closing is an error; the JDK's
 * own time limit ends with the headers.
 */
final class ArrivingBody implements HttpResponse.BodySubscriber<ArrivingBody>, AutoCloseable {
    private final Duration patience;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private Optional<Flow.Subscription> subscription = Optional.empty();
    private boolean closed;

    /** What comes: bytes, or the end, which may be an error. */
    private record Piece(List<ByteBuffer> bytes, boolean last, Optional<Throwable> error) {}

    /**
     * Waits for a body.
     *
     * @param patience how long nothing may come
     */
    ArrivingBody(Duration patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<ArrivingBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription source) {
        subscription = Optional.of(source);
        if (closed) {
            source.cancel();
        } else {
            source.request(1);
        }
    }

    private synchronized void request() {
        subscription.ifPresent(source -> source.request(1));
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        pieces.add(new Piece(bytes, false, Optional.empty()));
    }

    @Override
    public void onError(Throwable error) {
        pieces.add(new Piece(List.of(), true, Optional.of(error)));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(List.of(), true, Optional.empty()));
    }

    /**
     * The next bytes.
     *
     * @return empty at the end
     * @throws IOException if the connection breaks or nothing comes for too long
     */
    Optional<List<ByteBuffer>> next() throws IOException {
        Piece piece = await();
        if (piece.error().isPresent()) {
            throw new IOException(
                    "the connection broke (" + piece.error().get().getMessage() + ")",
                    piece.error().get());
        }
        if (piece.last()) {
            return Optional.empty();
        }
        request();
        return Optional.of(piece.bytes());
    }

    private Piece await() throws IOException {
        try {
            Piece piece = pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (piece == null) {
                throw new HttpTimeoutException("the server sent nothing for " + patience.toSeconds() + " s");
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the download was interrupted");
        }
    }

    /** Drops what has not come yet. */
    @Override
    public synchronized void close() {
        closed = true;
        subscription.ifPresent(Flow.Subscription::cancel);
    }
}
