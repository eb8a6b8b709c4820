package io.github.deqa4j.server;

import io.javalin.config.RoutesConfig;

/** {@code GET /metrics}: what the server counts, for Prometheus. */
final class MetricsRoutes implements Routes {
    private final ServerMetrics metrics;

    MetricsRoutes(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(
                "/metrics",
                context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(metrics.text()));
    }
}
