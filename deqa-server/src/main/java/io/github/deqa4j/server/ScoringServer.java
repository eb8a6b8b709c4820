package io.github.deqa4j.server;

import io.github.deqa4j.score.Scorer;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.List;
import java.util.function.Supplier;

/** Scores images over HTTP. */
public final class ScoringServer implements AutoCloseable {
    private final Scorer scorer;
    private final AccessSettings access;
    private final AccessRoutes accessRoutes;
    private final Javalin javalin;
    private volatile ServerState state = ServerState.STARTING;

    private ScoringServer(Scorer scorer, AccessSettings access, AccessRoutes accessRoutes) {
        this.scorer = scorer;
        this.access = access;
        this.accessRoutes = accessRoutes;
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Opens a scorer and answers requests.
     *
     * @param opener opens the scorer; the server closes it
     */
    public static ScoringServer start(Supplier<Scorer> opener, ServerSettings settings) {
        // A key file that cannot be used is told before a model is loaded.
        AccessRoutes accessRoutes = new AccessRoutes(settings.access());
        ScoringServer server = new ScoringServer(opener.get(), settings.access(), accessRoutes);
        server.javalin.start(settings.host(), settings.port());
        server.state = ServerState.READY;
        return server;
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** The methods and paths that it answers. */
    List<String> endpoints() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> endpoint.method + " " + endpoint.path)
                .toList();
    }

    /** Stops answering requests, and closes the scorer. */
    @Override
    public void close() {
        state = ServerState.STOPPING;
        javalin.stop();
        scorer.close();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.prefer405over404 = true;
        config.jetty.modifyServer(server -> Connections.limit(server, access.connections()));
        config.jetty.modifyHttpConfiguration(Connections::limit);
        config.requestLogger.http(new RequestLog(access.log())::answered);
        routes().forEach(routes -> routes.addTo(config.routes));
    }

    private List<Routes> routes() {
        return List.of(new ErrorRoutes(), accessRoutes, new OpenApiRoutes(), new HealthRoutes(() -> state));
    }
}
