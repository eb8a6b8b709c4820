package io.github.deqa4j.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** {@code GET /openapi.json}: the description of the interface, kept by hand; {@code GET /docs}: a page to read it. */
final class OpenApiRoutes implements Routes {
    private final String description = resource("openapi.json");
    private final String style = resource("docs.css");
    private final String script = resource("docs.js");
    private final String page = resource("docs.html").replace("STYLE", style).replace("SCRIPT", script);

    /** The page runs its own script, takes its own style, reads from this server, and does nothing else. */
    private final String policy = "default-src 'none'; style-src " + hash(style) + "; script-src " + hash(script)
            + "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(
                "/openapi.json",
                context -> context.contentType("application/json").result(description));
        routes.get("/docs", this::answerPage);
    }

    private void answerPage(Context context) {
        context.header("Content-Security-Policy", policy);
        context.html(page);
    }

    /** A text as a Content-Security-Policy names it. */
    static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(OpenApiRoutes.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
