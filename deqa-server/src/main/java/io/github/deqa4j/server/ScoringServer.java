package io.github.deqa4j.server;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.score.Scorer;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Scores images over HTTP. {@code docs/server.md} describes what it answers. */
public final class ScoringServer implements AutoCloseable {
    private static final int CONNECTIONS_IN_BACKLOG = 1024;
    private static final double NANOS_PER_MS = 1e6;

    private final ServerSettings settings;
    private final ServerSocketChannel socket;
    private final AccessRoutes access;
    private final Optional<ImageFetcher> fetcher;
    private final ServerMetrics metrics = new ServerMetrics();
    private final ByteBudget budget;
    private final Exchange exchange;
    private final QueuedThreadPool threads = new QueuedThreadPool();
    private final GracefulHandler requests = new GracefulHandler();
    private final CompletableFuture<ServedModel> model;
    private final Javalin javalin;
    private volatile boolean stopping;

    private ScoringServer(
            ServerSocketChannel socket,
            Supplier<Scorer> opener,
            ServerSettings settings,
            AccessRoutes access,
            Function<UrlSettings, ImageFetcher> fetchers) {
        this.settings = settings;
        this.socket = socket;
        this.access = access;
        this.fetcher = settings.access().urls().map(fetchers);
        this.budget = new ByteBudget(settings.queue().bytes());
        threads.setName("deqa-http");
        this.exchange = new Exchange(this::model, settings.limits(), budget, threads);
        this.model =
                CompletableFuture.supplyAsync(() -> ServedModel.of(opener.get(), settings.queue(), metrics), work -> {
                    Thread thread = new Thread(work, "deqa-open");
                    thread.setDaemon(true);
                    thread.start();
                });
        this.javalin = Javalin.create(this::configure);
        metrics.gauge("deqa.queue.images", "Images that were accepted and have no answer yet", this::imagesInQueue);
        metrics.gauge("deqa.queue.bytes", "Bytes of request bodies in memory", budget::used);
        javalin.start();
    }

    /**
     * Listens, and begins to open the model. Until that is done, requests for scores are refused and {@code /readyz} says so.
     *
     * @param opener opens the scorer, on another thread; the server closes it
     * @throws InvalidSettingException if it cannot listen there, or there is a key file that cannot be used
     */
    public static ScoringServer start(Supplier<Scorer> opener, ServerSettings settings) {
        return start(opener, settings, ImageFetcher::new);
    }

    /** {@link #start}, with images fetched in another way. */
    static ScoringServer start(
            Supplier<Scorer> opener, ServerSettings settings, Function<UrlSettings, ImageFetcher> fetchers) {
        AccessRoutes access = new AccessRoutes(settings.access());
        return new ScoringServer(listen(settings), opener, settings, access, fetchers);
    }

    /**
     * Waits until it scores.
     *
     * @throws DeqaException what opening the model threw; the server is of no use then, and is to be closed
     */
    public void awaitReady() {
        try {
            model.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw e;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return socket.socket().getLocalPort();
    }

    /** Where it listens, such as {@code http://127.0.0.1:8080}. */
    public URI address() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return URI.create("http://" + host + ":" + port());
    }

    /** The methods and paths that it answers. */
    List<String> endpoints() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method + " " + endpoint.path)
                .toList();
    }

    /**
     * Refuses new images, answers all that it has accepted, and closes the scorer. Waits for the answers as long as the settings say.
     * A second call does nothing.
     */
    @Override
    public synchronized void close() {
        if (stopping) {
            return;
        }
        stopping = true;
        model.thenAccept(served -> served.queue().close(settings.stopTime()))
                .exceptionally(error -> null)
                .join();
        exchange.stop();
        fetcher.ifPresent(ImageFetcher::close);
        awaitAnswers();
        javalin.stop(); // ends silent connections, too
        model.thenAccept(served -> served.scorer().close())
                .exceptionally(error -> null)
                .join();
        metrics.close();
    }

    /**
     * Waits for answers that are being written, and for no connection without a request. Jetty's own stop waits for those, and for long:
     * when one of many ends, {@link org.eclipse.jetty.server.NetworkConnectionLimit} gives the others their time to be silent again.
     */
    private void awaitAnswers() {
        requests.shutdown()
                .completeOnTimeout(null, settings.stopTime().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static ServerSocketChannel listen(ServerSettings settings) {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw new InvalidSettingException(
                    "host",
                    settings.host() + ": there is no such host; name an address of this machine, without a scheme");
        }
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                return channel.bind(address, CONNECTIONS_IN_BACKLOG);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new InvalidSettingException(
                    "port",
                    "cannot listen on port " + settings.port() + " of " + settings.host() + " (" + e.getMessage()
                            + "); name another port, or an address of this machine");
        }
    }

    private ServerState state() {
        if (stopping) {
            return ServerState.STOPPING;
        }
        return model.isDone() && !model.isCompletedExceptionally() ? ServerState.READY : ServerState.STARTING;
    }

    private ServedModel model() {
        return switch (state()) {
            case READY -> model.join();
            case STARTING ->
                throw new RequestException(
                        ErrorCode.STARTING, "the server is opening its model; send the request again later");
            case STOPPING -> throw new RequestException(ErrorCode.STOPPING, "the server is being stopped");
        };
    }

    private int imagesInQueue() {
        return state() == ServerState.READY ? model.join().queue().images() : 0;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.prefer405over404 = true;
        config.router.ignoreTrailingSlashes = false; // a path has one spelling, also for what looks at it first
        config.http.asyncTimeout = 0; // an image may wait long; what bounds it is the queue
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> {
            Connections.limit(server, settings.access().connections());
            server.setHandler(requests);
        });
        config.jetty.modifyHttpConfiguration(Connections::limit);
        config.jetty.addConnector(this::connector);
        config.requestLogger.http(this::measure);
        config.requestLogger.http(new RequestLog(settings.access().log())::answered);
        routes().forEach(routes -> routes.addTo(config.routes));
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http)) {
            @Override
            protected SocketChannelEndPoint newEndPoint(
                    SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                WatchedEndPoint endPoint = new WatchedEndPoint(channel, selector, key, getScheduler());
                endPoint.setIdleTimeout(getIdleTimeout()); // as the method that this one replaces does
                return endPoint;
            }
        };
        try {
            connector.setIdleTimeout(settings.access().idleTime().toMillis());
            connector.open(socket);
        } catch (IOException e) {
            throw new DeqaException("cannot listen on " + settings.host() + " (" + e.getMessage() + ")", e);
        }
        return connector;
    }

    private void measure(Context context, Float milliseconds) {
        Endpoint matched = context.endpoints().matchedHttpEndpoint();
        metrics.request(
                RequestMethod.known(context), matched == null ? "unknown" : matched.path, context.statusCode(), (long)
                        (milliseconds * NANOS_PER_MS));
    }

    private List<Routes> routes() {
        return List.of(
                new ErrorRoutes(),
                access,
                new OpenApiRoutes(),
                new HealthRoutes(this::state),
                new ModelRoutes(this::model),
                new ScoreRoutes(exchange, fetcher),
                new HeatmapRoutes(exchange),
                new RewardRoutes(exchange),
                new MetricsRoutes(metrics),
                new PageRoutes());
    }
}
