package io.github.deqa4j.server;

import io.github.deqa4j.server.Exchange.Arrived;
import io.github.deqa4j.server.QueuedImage.Result;
import io.github.deqa4j.server.QueuedImage.Wanted;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** {@code POST /v1/heatmap}: one image in, a PNG of where it loses quality out. */
final class HeatmapRoutes implements Routes {
    private final Exchange exchange;

    HeatmapRoutes(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/v1/heatmap", context -> exchange.answer(context, this::draw));
    }

    private CompletableFuture<Consumer<Context>> draw(Arrived request) {
        if (!exchange.model().scorer().supportsMaps()) {
            throw new RequestException(
                    ErrorCode.MAPS_UNSUPPORTED,
                    "this server's model scores images only as a whole and cannot tell where they lose quality");
        }
        Upload upload = Upload.of(
                request.context().contentType(),
                request.body(),
                exchange.limits().images());
        if (upload.several()) {
            throw new RequestException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "a heat map is drawn of one image; send it as the body");
        }
        List<CompletableFuture<Result>> results = exchange.score(request, upload.images(), Wanted.HEATMAP);
        return results.get(0)
                .thenApply(result -> context -> context.contentType("image/png")
                        .header("X-Deqa-Score", Double.toString(result.quality().score()))
                        .result(result.heatmap().orElseThrow()));
    }
}
