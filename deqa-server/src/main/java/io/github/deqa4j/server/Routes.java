package io.github.deqa4j.server;

import io.javalin.config.RoutesConfig;

/** Endpoints of one concern. */
interface Routes {
    void addTo(RoutesConfig routes);
}
