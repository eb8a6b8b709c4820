package io.github.deqa4j.server;

import io.javalin.config.RoutesConfig;
import java.util.function.Supplier;

/** {@code GET /healthz}: the process runs; {@code GET /readyz}: it takes images. */
final class HealthRoutes implements Routes {
    private final Supplier<ServerState> state;

    HealthRoutes(Supplier<ServerState> state) {
        this.state = state;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(
                "/healthz", context -> Json.answer(context, 200, Json.object().put("status", "ok")));
        routes.get("/readyz", context -> {
            ServerState now = state.get();
            Json.answer(
                    context, now == ServerState.READY ? 200 : 503, Json.object().put("status", now.word()));
        });
    }
}
