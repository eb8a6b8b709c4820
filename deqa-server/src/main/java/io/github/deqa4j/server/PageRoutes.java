package io.github.deqa4j.server;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code GET /}: the page that scores images in a browser, and the files that it consists of. */
final class PageRoutes implements Routes {
    /** Nothing from elsewhere, and no script or style within the page itself. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String INDEX = "index.html";
    private static final Set<String> FILES = Set.of(
            INDEX,
            "app.js",
            "cards.js",
            "client.js",
            "closeup.js",
            "comparison.js",
            "csv.js",
            "details.js",
            "icon.svg",
            "images.js",
            "intake.js",
            "levels.js",
            "order.js",
            "progress.js",
            "run.js",
            "style.css",
            "thumbnail-worker.js",
            "thumbnails.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    @Override
    public void addTo(RoutesConfig routes) {
        FILES.forEach(name -> add(routes, name));
    }

    private static void add(RoutesConfig routes, String name) {
        byte[] content = content(name);
        String type = Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        routes.get(
                name.equals(INDEX) ? "/" : "/" + name,
                context -> context.header("Content-Security-Policy", POLICY)
                        .header("Cache-Control", "no-cache") // the files of one version belong together
                        .contentType(type)
                        .result(content));
    }

    private static byte[] content(String name) {
        try (InputStream file = Objects.requireNonNull(PageRoutes.class.getResourceAsStream("page/" + name), name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
