package io.github.deqa4j.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.score.ModelInfo;
import io.javalin.config.RoutesConfig;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /v1/models}: what scores here. */
final class ModelRoutes implements Routes {
    private static final Pattern LAST_PART = Pattern.compile("([^/\\\\]+)[/\\\\]*$");

    private final Supplier<ServedModel> model;

    ModelRoutes(Supplier<ServedModel> model) {
        this.model = model;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/models", context -> {
            ObjectNode answer = Json.object();
            answer.putArray("models").add(describe(model.get()));
            Json.answer(context, 200, answer);
        });
    }

    /** A directory's own name: where it lies on the server's disk is no affair of clients. */
    static String lastPart(String place) {
        Matcher name = LAST_PART.matcher(place);
        return name.find() ? name.group(1) : "model";
    }

    private static ObjectNode describe(ServedModel model) {
        ModelInfo info = model.info();
        ObjectNode node = Json.object()
                .put("name", lastPart(info.name()))
                .put("kind", info.kind())
                .put("sha256", info.sha256())
                .put("precision", info.precision())
                .put("prompt", info.prompt())
                .put("exif", info.exif())
                .put("version", info.version())
                .put("identity", info.identity());
        return ScoreRoutes.putRange(node, info)
                .put("maps", model.scorer().supportsMaps())
                .put("detail", model.scorer().supportsDetail())
                .put("score_interval", model.interval())
                .put("faults", model.scorer().namesFaults())
                .put("batch", model.scorer().batch());
    }
}
