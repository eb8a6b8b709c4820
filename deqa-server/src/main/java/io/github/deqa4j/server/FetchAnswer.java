package io.github.deqa4j.server;

import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.image.EncodedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the answer to a request for an image, and no more of it than is needed and allowed. */
final class FetchAnswer implements Response.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(FetchAnswer.class);

    private static final Set<Integer> REDIRECTS = Set.of(
            HttpStatus.MOVED_PERMANENTLY_301,
            HttpStatus.FOUND_302,
            HttpStatus.SEE_OTHER_303,
            HttpStatus.TEMPORARY_REDIRECT_307,
            HttpStatus.PERMANENT_REDIRECT_308);

    /**
     * What came.
     *
     * @param image its name is the URL; without bytes for a redirect
     * @param location where a redirect leads
     */
    record Content(EncodedImage image, Optional<String> location) {}

    private final String url;
    private final FetchLimits limits;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Content> content = new CompletableFuture<>();

    /** @param url what messages call the image */
    FetchAnswer(String url, FetchLimits limits) {
        this.url = Excerpt.of(url);
        this.limits = limits;
    }

    /** Fails with a {@link RequestException}. */
    CompletableFuture<Content> content() {
        return content;
    }

    @Override
    public void onHeaders(Response response) {
        int status = response.getStatus();
        String location = response.getHeaders().get(HttpHeader.LOCATION);
        if (REDIRECTS.contains(status) && location != null) {
            content.complete(new Content(EncodedImage.of(new byte[0], url), Optional.of(location)));
            CompletableFuture<Boolean> unused =
                    response.abort(new IllegalStateException("the body of a redirect is not read"));
        } else if (status != HttpStatus.OK_200) {
            fail(response, ErrorCode.URL_UNAVAILABLE, "the host answers with status " + status);
        } else if (isEncoded(response)) {
            fail(response, ErrorCode.URL_UNAVAILABLE, "the host compresses the image once more (Content-Encoding)");
        } else if (!limits.has(response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH))) {
            failTooLarge(response);
        }
    }

    @Override
    public void onContent(Response response, ByteBuffer piece) {
        byte[] read = new byte[piece.remaining()];
        piece.get(read);
        if (limits.take(read.length)) {
            bytes.writeBytes(read);
        } else {
            failTooLarge(response);
        }
    }

    @Override
    public void onComplete(Result result) {
        if (result.isSucceeded()) {
            content.complete(new Content(EncodedImage.of(bytes.toByteArray(), url), Optional.empty()));
        } else {
            content.completeExceptionally(failure(result.getFailure()));
        }
    }

    private static boolean isEncoded(Response response) {
        String encoding = response.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        return encoding != null && !encoding.equalsIgnoreCase("identity");
    }

    private void failTooLarge(Response response) {
        fail(
                response,
                ErrorCode.TOO_LARGE,
                "the images of the request have more bytes together than this server fetches (" + limits.maxBytes()
                        + ")");
    }

    private void fail(Response response, ErrorCode code, String problem) {
        RequestException failure = new RequestException(code, url + ": " + problem);
        content.completeExceptionally(failure);
        CompletableFuture<Boolean> unused = response.abort(failure);
    }

    /** What a refusal of the resolver or a fault of the network means to the client. The latter's text may name what is inside. */
    private RequestException failure(Throwable failure) {
        if (failure instanceof RequestException refused) {
            return new RequestException(refused.code(), url + ": " + refused.getMessage());
        }
        LOG.debug("{}: not fetched", url, failure);
        String problem = failure instanceof TimeoutException
                ? "the host does not answer in time"
                : "the connection to the host fails";
        return new RequestException(ErrorCode.URL_UNAVAILABLE, url + ": " + problem);
    }
}
