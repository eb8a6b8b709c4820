package io.github.deqa4j.server;

import io.github.deqa4j.score.Scorer;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.List;
import java.util.function.Supplier;

/** Scores images over HTTP. */
public final class ScoringServer implements AutoCloseable {
    private final Scorer scorer;
    private final Javalin javalin;
    private volatile ServerState state = ServerState.STARTING;

    private ScoringServer(Scorer scorer) {
        this.scorer = scorer;
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Opens a scorer and answers requests.
     *
     * @param opener opens the scorer; the server closes it
     */
    public static ScoringServer start(Supplier<Scorer> opener, ServerSettings settings) {
        ScoringServer server = new ScoringServer(opener.get());
        server.javalin.start(settings.host(), settings.port());
        server.state = ServerState.READY;
        return server;
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
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
        routes().forEach(routes -> routes.addTo(config.routes));
    }

    private List<Routes> routes() {
        return List.of(new ErrorRoutes(), new HealthRoutes(() -> state), new PageRoutes());
    }
}
