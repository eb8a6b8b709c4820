package io.github.deqa4j.server;

import io.github.deqa4j.score.Scorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** A server on loopback, with a scorer without a network, and a client of it. */
final class RunningServer implements AutoCloseable {
    private static final int LONGEST_MS = 60_000;

    private final ScoringServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    RunningServer(ServerSettings settings) {
        this(FakeScorer::new, settings, ImageFetcher::new);
    }

    RunningServer(Supplier<Scorer> scorer, ServerSettings settings, Function<UrlSettings, ImageFetcher> fetchers) {
        this.server = ScoringServer.start(scorer, settings.withPort(0), fetchers);
        server.awaitReady();
    }

    static RunningServer with(AccessSettings access) {
        return new RunningServer(ServerSettings.defaults().withAccess(access));
    }

    /** Sends {@code GET} with headers: names and values in turn. */
    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers));
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> endpoints() {
        return server.endpoints();
    }

    /** A connection without a client. */
    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(LONGEST_MS); // a read that waits for ever cannot be interrupted
        return socket;
    }

    @Override
    public void close() {
        server.close();
    }
}
