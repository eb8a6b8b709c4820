package io.github.deqa4j.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.View;
import io.github.deqa4j.server.Exchange.Arrived;
import io.github.deqa4j.server.ImageFetcher.Fetched;
import io.github.deqa4j.server.QueuedImage.Result;
import io.github.deqa4j.server.QueuedImage.Wanted;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** {@code POST /v1/score}: one image as the body, several as the files of a form, or several as URLs. */
final class ScoreRoutes implements Routes {
    private static final String URLS = "urls";
    private static final double MS_STEPS = 10;

    private final Exchange exchange;
    private final Optional<ImageFetcher> fetcher;

    /** @param fetcher fetches images from URLs; empty if requests cannot name URLs */
    ScoreRoutes(Exchange exchange, Optional<ImageFetcher> fetcher) {
        this.exchange = exchange;
        this.fetcher = fetcher;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/v1/score", context -> exchange.answer(context, this::score));
    }

    /**
     * What a request asks for.
     *
     * @param model identity of what gives the scores
     */
    private record Asked(Arrived request, View view, ModelInfo info, String model) {}

    private CompletableFuture<Consumer<Context>> score(Arrived request) {
        ServedModel model = exchange.model();
        View view = ViewParameter.of(request.context(), model.scorer());
        Asked asked = new Asked(request, view, model.info(), model.info().identity(view, ImageWork.DETAIL));
        String type = request.context().contentType();
        if (Upload.type(type).equals(Upload.JSON)) {
            return ofUrls(asked);
        }
        Upload upload = Upload.of(type, request.body(), exchange.limits().images());
        List<CompletableFuture<Result>> results = exchange.score(request, upload.images(), Wanted.of(view));
        return upload.several()
                ? several(
                        asked, upload.images().stream().map(EncodedImage::name).toList(), results)
                : results.get(0).thenApply(result -> {
                    ObjectNode answer = Json.object();
                    put(answer, result, asked);
                    answer.put("model", asked.model());
                    return context -> Json.answer(context, 200, answer);
                });
    }

    private CompletableFuture<Consumer<Context>> ofUrls(Asked asked) {
        ImageFetcher urls = fetcher.orElseThrow(() -> new RequestException(
                ErrorCode.URLS_DISABLED,
                "in JSON a request names URLs, and this server fetches none; send the images themselves, as"
                        + " the body or in a form"));
        return urls.fetchAll(urls(asked.request())).thenCompose(fetched -> {
            List<EncodedImage> images = fetched.stream()
                    .flatMap(one -> Stream.ofNullable(one.image()))
                    .toList();
            long bytes =
                    images.stream().mapToLong(image -> image.bytes().length).sum();
            return exchange.holding(bytes, () -> {
                Iterator<CompletableFuture<Result>> scored = exchange.score(
                                asked.request(), images, Wanted.of(asked.view()))
                        .iterator();
                List<CompletableFuture<Result>> results = fetched.stream()
                        .map(one -> one.failure() == null
                                ? scored.next()
                                : CompletableFuture.<Result>failedFuture(one.failure()))
                        .toList();
                return several(asked, fetched.stream().map(Fetched::url).toList(), results);
            });
        });
    }

    /** The URLs of {@code {"urls": […]}}. */
    private List<String> urls(Arrived request) {
        JsonNode root = Json.parse(request.body());
        JsonNode named = root.path(URLS);
        if (root.size() != 1 || !named.isArray() || named.isEmpty()) {
            throw new RequestException(
                    ErrorCode.BAD_REQUEST, "the request's body must be {\"urls\": […]} with one or more URLs");
        }
        if (named.size() > exchange.limits().images()) {
            throw Upload.tooMany(named.size(), exchange.limits().images());
        }
        List<String> urls = new ArrayList<>();
        for (JsonNode url : named) {
            if (!url.isTextual()) {
                throw new RequestException(ErrorCode.BAD_REQUEST, "urls[" + urls.size() + "] is not a text");
            }
            urls.add(url.textValue());
        }
        return urls;
    }

    private static CompletableFuture<Consumer<Context>> several(
            Asked asked, List<String> names, List<CompletableFuture<Result>> results) {
        List<CompletableFuture<ObjectNode>> items = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            items.add(results.get(i)
                    .handle((result, error) -> error == null
                            ? item(name, result, asked)
                            : failed(asked.request().context(), name, error)));
        }
        return Exchange.all(items).thenApply(all -> {
            ObjectNode answer = Json.object();
            putRange(answer, asked.info())
                    .put("model", asked.model())
                    .putArray("results")
                    .addAll(all);
            return context -> Json.answer(context, 200, answer);
        });
    }

    private static ObjectNode item(String name, Result result, Asked asked) {
        ObjectNode item = Json.object().put("name", name);
        put(item, result, asked);
        item.remove("range"); // it is the same for all, and stands above them
        return item;
    }

    private static ObjectNode failed(Context context, String name, Throwable error) {
        RequestException told = ErrorRoutes.told(context, name, error);
        ObjectNode item = Json.object().put("name", name);
        item.putObject("error").put("code", told.code().word()).put("message", told.getMessage());
        return item;
    }

    private static void put(ObjectNode node, Result result, Asked asked) {
        node.put("score", result.quality().score());
        putRange(node, asked.info());
        ScoreJson.put(node, result.quality());
        result.detail().ifPresent(detail -> ScoreJson.put(node, asked.view(), detail));
        double ms = Math.rint(asked.request().milliseconds() * MS_STEPS) / MS_STEPS;
        node.put("width", result.width()).put("height", result.height()).put("ms", ms);
    }

    /** The lowest and the highest score that the model can give. */
    static ObjectNode putRange(ObjectNode node, ModelInfo info) {
        node.putArray("range").add(info.lowestScore()).add(info.highestScore());
        return node;
    }
}
