package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.ScoringException;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestExceptionTest {
    @ParameterizedTest
    @EnumSource(Reason.class)
    void anImageThatIsTooLargeIsNotUnreadable(Reason reason) {
        boolean large = reason == Reason.TOO_LARGE || reason == Reason.MEMORY;
        assertThat(code(new UnreadableImageException(reason, "a.png: no")))
                .isEqualTo(large ? ErrorCode.TOO_LARGE : ErrorCode.UNREADABLE_IMAGE);
    }

    /** The client cannot change the server's options, which the image's own error names. */
    @Test
    void anImageThatNeedsTooMuchMemoryIsToBeSmaller() {
        assertThat(RequestException.of("a.png", new UnreadableImageException(Reason.MEMORY, "raise -Xmx")))
                .hasMessage("a.png: the image does not fit into the server's memory; send a smaller one");
    }

    @Test
    void errorsHaveTheirCodes() {
        assertThat(code(new OutOfMemoryError("made up"))).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(code(new CompletionException(new TimeoutException()))).isEqualTo(ErrorCode.REQUEST_TIMEOUT);
        assertThat(code(new ScoringException("no"))).isEqualTo(ErrorCode.UNSCORABLE_IMAGE);
        assertThat(code(new ScorerClosedException("closed"))).isEqualTo(ErrorCode.STOPPING);
        assertThat(code(new IllegalStateException("a bug"))).isEqualTo(ErrorCode.INTERNAL);
    }

    private static ErrorCode code(Throwable error) {
        return RequestException.of("a.png", error).code();
    }
}
