package io.github.deqa4j.server;

import io.github.deqa4j.Version;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.image.EncodedImage;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Fetches images from URLs for requests that name them. A URL is the client's, the network is the server's: the client must not reach
 * with it what it could not reach itself. The rules of {@link UrlSettings} hold for the URL and for each redirect, and a connection is
 * made to a checked address alone ({@link CheckedResolver}). Proxies of the environment, cookies and credentials are not used.
 */
final class ImageFetcher implements AutoCloseable {
    private static final int MOST_REDIRECTS = 3;

    /** Each may hold as many bytes as the settings allow. */
    private static final int REQUESTS_AT_ONCE = 8;

    private static final int NETWORK_THREADS = 16;
    private static final int NAME_THREADS = 8;
    private static final int CONNECTIONS_OF_HOST = 16;
    private static final long IDLE_MS = 30_000;

    /**
     * An image that was asked for.
     *
     * @param url as the client wrote it
     * @param image named by the URL; null if there is a failure
     * @param failure why there is no image
     */
    record Fetched(
            String url,
            @Nullable EncodedImage image,
            @Nullable RequestException failure) {}

    private final UrlSettings settings;
    private final Semaphore places = new Semaphore(REQUESTS_AT_ONCE);
    private final ExecutorService nameThreads;
    private final HttpClient client;

    /** Fetches from public addresses alone. */
    ImageFetcher(UrlSettings settings) {
        this(settings, InetAddress::getAllByName, PublicAddresses::contain);
    }

    /** Fetches from the addresses that a rule allows; these are found by a look-up. */
    ImageFetcher(UrlSettings settings, CheckedResolver.Lookup lookup, Predicate<InetAddress> allowed) {
        this.settings = settings;
        this.nameThreads = Executors.newFixedThreadPool(NAME_THREADS, ImageFetcher::nameThread);
        this.client = client(new CheckedResolver(nameThreads, lookup, allowed));
        LifeCycle.start(client);
        // An image is compressed itself; an answer that is compressed once more could unpack to any size.
        client.getContentDecoderFactories().clear();
    }

    /**
     * Fetches the images of one request, all at once.
     *
     * @return what came of each URL, in their order, within the time of the settings. No thread waits for that
     * @throws RequestException if as many requests as allowed are fetching
     */
    CompletableFuture<List<Fetched>> fetchAll(List<String> urls) {
        if (!places.tryAcquire()) {
            throw new RequestException(
                    ErrorCode.BUSY, "the server fetches images for " + REQUESTS_AT_ONCE + " requests; try again later");
        }
        FetchLimits limits = new FetchLimits(settings);
        List<CompletableFuture<Fetched>> running =
                urls.stream().map(url -> fetch(url, limits)).toList();
        return CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                .thenApply(all -> running.stream().map(CompletableFuture::join).toList())
                .whenComplete((all, error) -> places.release());
    }

    private CompletableFuture<Fetched> fetch(String url, FetchLimits limits) {
        return CompletableFuture.completedFuture(url)
                .thenApply(text -> FetchTarget.of(text, settings))
                .thenCompose(target -> follow(url, target, limits, 0))
                .thenApply(image -> new Fetched(url, image, null))
                .exceptionally(e -> new Fetched(url, null, failure(e)));
    }

    private CompletableFuture<EncodedImage> follow(String url, FetchTarget target, FetchLimits limits, int redirects) {
        FetchAnswer answer = new FetchAnswer(url, limits);
        client.newRequest(target.uri())
                .timeout(limits.remainingMs(), TimeUnit.MILLISECONDS)
                .headers(headers -> headers.put(HttpHeader.ACCEPT, "image/*"))
                .send(answer);
        return answer.content()
                .thenCompose(content -> content.location()
                        .map(location -> follow(url, next(url, target, location, redirects), limits, redirects + 1))
                        .orElse(CompletableFuture.completedFuture(content.image())));
    }

    private FetchTarget next(String url, FetchTarget target, String location, int redirects) {
        if (redirects == MOST_REDIRECTS) {
            throw new RequestException(
                    ErrorCode.URL_UNAVAILABLE,
                    Excerpt.of(url) + ": the host redirects more than " + MOST_REDIRECTS + " times");
        }
        return target.redirect(location, settings);
    }

    /** An error that is none of these is a fault of the server. */
    private static RequestException failure(Throwable e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof RequestException failure) {
            return failure;
        }
        throw new CompletionException(cause);
    }

    @Override
    public void close() {
        LifeCycle.stop(client);
        nameThreads.shutdownNow();
    }

    private static HttpClient client(CheckedResolver resolver) {
        HttpClient client = new HttpClient();
        QueuedThreadPool threads = new QueuedThreadPool(NETWORK_THREADS);
        threads.setName("deqa-fetch");
        threads.setDaemon(true);
        client.setExecutor(threads);
        client.setSocketAddressResolver(resolver);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "deqa4j/" + Version.current()));
        client.setMaxConnectionsPerDestination(CONNECTIONS_OF_HOST);
        client.setIdleTimeout(IDLE_MS);
        client.setDestinationIdleTimeout(IDLE_MS);
        return client;
    }

    /** Name servers may keep a thread waiting longer than the program runs. */
    private static Thread nameThread(Runnable task) {
        Thread thread = new Thread(task, "deqa-names");
        thread.setDaemon(true);
        return thread;
    }
}
