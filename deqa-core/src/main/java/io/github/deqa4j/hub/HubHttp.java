package io.github.deqa4j.hub;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.Version;
import io.github.deqa4j.file.Excerpt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to the hub. Redirections are followed here rather than by the JDK, so that the token is sent to the hub's own
 * scheme, host and port alone: it is dropped at the first redirection elsewhere.
 */
final class HubHttp {
    private static final int MOST_REDIRECTS = 10;
    private static final int REDIRECT = 300;
    private static final int REFUSED = 400;
    private static final int MOST_TEXT = 16 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final HubSettings settings;
    private final Duration patience;

    /**
     * A client that has sent nothing yet.
     *
     * @param patience how long a server may send nothing
     */
    HubHttp(HubSettings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
    }

    /**
     * An answer that is a success.
     *
     * @param status 200 to 299; of a HEAD of a large file also the redirection to it
     */
    record Answer(int status, HttpHeaders headers, ArrivingBody body) implements AutoCloseable {
        Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        @Override
        public void close() {
            body.close();
        }
    }

    /** What the hub says of a file, without the file. A redirection to where the hub keeps it is not followed. */
    Answer head(URI uri) throws IOException {
        try (Answer answer = follow("HEAD", uri, 0)) {
            return answer;
        }
    }

    /**
     * A file, or the rest of it.
     *
     * @param from the first byte that is asked for
     */
    Answer get(URI uri, long from) throws IOException {
        return follow("GET", uri, from);
    }

    /** A text of the hub, with its headers. */
    record Text(HttpHeaders headers, String json) {}

    /** A text whole. */
    Text text(URI uri) throws IOException {
        try (Answer answer = follow("GET", uri, 0)) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (Optional<List<ByteBuffer>> next = answer.body().next();
                    next.isPresent();
                    next = answer.body().next()) {
                for (ByteBuffer bytes : next.get()) {
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.get(copy);
                    text.write(copy);
                }
                if (text.size() > MOST_TEXT) {
                    throw new DeqaException(uri + ": the answer has more than 16 MiB; this is no list of a hub");
                }
            }
            return new Text(answer.headers(), text.toString(StandardCharsets.UTF_8));
        }
    }

    private Answer follow(String method, URI start, long from) throws IOException {
        URI uri = start;
        boolean trusted = true;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            trusted = trusted && isHub(uri);
            Answer answer = send(method, uri, from, trusted);
            boolean known =
                    method.equals("HEAD") && answer.header("X-Linked-Etag").isPresent();
            if (answer.status() < REDIRECT || known) {
                return answer;
            }
            answer.close();
            uri = target(uri, answer.header("Location").orElse(""));
        }
        throw new DeqaException(start + ": the hub redirects more than " + MOST_REDIRECTS + " times");
    }

    /**
     * Where a redirection leads.
     *
     * @throws DeqaException if that is not https, or http after https
     */
    static URI target(URI from, String location) throws IOException {
        try {
            URI to = from.resolve(location);
            boolean http = "http".equals(to.getScheme()) && "http".equals(from.getScheme());
            if ((!http && !"https".equals(to.getScheme())) || to.getHost() == null) {
                throw new DeqaException(from.getHost() + ": the server redirects to " + Excerpt.quoted(location)
                        + ", which is not followed: an address must be https, or http if the one before it was");
            }
            return to;
        } catch (IllegalArgumentException e) {
            throw new IOException("a redirection of " + from.getHost() + " names no address", e);
        }
    }

    private boolean isHub(URI uri) {
        return isSame(uri, settings.endpoint());
    }

    /** Whether two addresses have the same scheme, host and port. */
    static boolean isSame(URI a, URI b) {
        return String.valueOf(a.getScheme()).equalsIgnoreCase(b.getScheme())
                && String.valueOf(a.getHost()).equalsIgnoreCase(b.getHost())
                && port(a) == port(b);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private Answer send(String method, URI uri, long from, boolean trusted) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("User-Agent", "deqa4j/" + Version.current())
                .header("Accept-Encoding", "identity");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        if (trusted) {
            settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        }
        HttpResponse<ArrivingBody> response = send(request.build());
        if (response.statusCode() >= REFUSED) {
            response.body().close();
            throw new StatusException(response, trusted);
        }
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** Waits for the headers. The JDK's own limit ends there in some versions, and counts the body in others. */
    private HttpResponse<ArrivingBody> send(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<ArrivingBody>> response =
                client.sendAsync(request, info -> new ArrivingBody(patience));
        try {
            return response.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new HttpTimeoutException("the server did not answer for " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new DeqaException("the download was interrupted", e);
        }
    }
}
