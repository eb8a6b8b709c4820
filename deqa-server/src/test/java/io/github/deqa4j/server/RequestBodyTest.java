package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private static final int MEGABYTE = 1 << 20;

    private final ByteBudget budget = new ByteBudget(200_000);

    /** A body of zeros that arrives when it is told to. */
    private static final class ArrivingStream extends ServletInputStream {
        private int available;
        private @Nullable ReadListener listener;

        void arrive(int bytes) throws IOException {
            available = bytes;
            Objects.requireNonNull(listener).onDataAvailable();
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return available > 0;
        }

        @Override
        public void setReadListener(ReadListener readListener) {
            listener = readListener;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int read = Math.min(length, available);
            available -= read;
            return read;
        }
    }

    @Test
    void memoryIsTakenAsABodyArrivesAndNotAsItIsAnnounced() throws IOException {
        ArrivingStream stream = new ArrivingStream();
        CompletableFuture<RequestBody> unused = read(stream);
        assertThat(budget.used()).isZero();
        stream.arrive(1);
        assertThat(budget.used()).isEqualTo(65_536);
        stream.arrive(70_000);
        assertThat(budget.used()).isEqualTo(131_072);
    }

    /** Else several bodies that each have a part of the memory could keep each other from getting the rest. */
    @Test
    void aBodyThatIsRefusedGivesItsMemoryBackBeforeItsEnd() throws IOException {
        ArrivingStream stream = new ArrivingStream();
        CompletableFuture<RequestBody> body = read(stream);
        stream.arrive(130_000);
        assertThat(budget.used()).isEqualTo(131_072);

        stream.arrive(10_000); // to double it again, there is too little
        assertThat(budget.used()).isZero();
        assertThat(body).isNotDone();

        stream.arrive(800_000);
        Objects.requireNonNull(stream.listener).onAllDataRead();
        assertThatThrownBy(body::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
        assertThat(budget.used()).isZero();
    }

    private CompletableFuture<RequestBody> read(ServletInputStream stream) {
        return RequestBody.read(stream, MEGABYTE, RequestLimits.defaults(), budget)
                .arrived();
    }
}
