package io.github.deqa4j.server;

import java.util.Locale;

/** How far a server is. */
enum ServerState {
    STARTING,
    READY,
    STOPPING;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
