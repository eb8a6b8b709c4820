package io.github.deqa4j.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.server.Exchange.Arrived;
import io.github.deqa4j.server.QueuedImage.Result;
import io.github.deqa4j.server.QueuedImage.Wanted;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/reward}: images in, one number each out, in the range that the caller names. An image without a score fails the request. */
final class RewardRoutes implements Routes {
    private static final String IMAGES = "images";
    private static final String RANGE = "range";

    private final Exchange exchange;

    RewardRoutes(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The numbers that a caller may ask for. */
    private enum Range {
        SCORES("1-5"),
        UNIT("0-1");

        private final String word;

        Range(String word) {
            this.word = word;
        }

        static Range parse(@Nullable String word) {
            for (Range range : values()) {
                if (range.word.equals(word)) {
                    return range;
                }
            }
            throw new RequestException(
                    ErrorCode.BAD_REQUEST,
                    word == null
                            ? "the request has no \"range\"; it must be \"1-5\" or \"0-1\""
                            : "\"range\" is " + Excerpt.quoted(word) + "; it must be \"1-5\" or \"0-1\"");
        }

        double of(double score, ModelInfo info) {
            return this == SCORES ? score : (score - info.lowestScore()) / (info.highestScore() - info.lowestScore());
        }
    }

    private record Asked(List<EncodedImage> images, Range range) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/v1/reward", context -> exchange.answer(context, this::reward));
    }

    private CompletableFuture<Consumer<Context>> reward(Arrived request) {
        ViewParameter.requireWhole(request.context());
        ModelInfo info = exchange.model().info();
        Asked asked = Upload.type(request.context().contentType()).equals(Upload.JSON)
                ? ofJson(request.body())
                : ofForm(request);
        List<CompletableFuture<Result>> results = exchange.score(request, asked.images(), Wanted.WHOLE);
        return Exchange.all(named(results)).thenApply(all -> {
            ObjectNode answer = Json.object();
            ArrayNode rewards = answer.putArray("rewards");
            all.forEach(result -> rewards.add(asked.range().of(result.quality().score(), info)));
            answer.put(RANGE, asked.range().word);
            return context -> Json.answer(context, 200, answer);
        });
    }

    /** The same results, but an error tells which image it is of. */
    private static List<CompletableFuture<Result>> named(List<CompletableFuture<Result>> results) {
        List<CompletableFuture<Result>> named = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            String place = place(i);
            named.add(results.get(i)
                    .exceptionallyCompose(error -> CompletableFuture.failedFuture(RequestException.of(place, error))));
        }
        return named;
    }

    private Asked ofForm(Arrived request) {
        Upload upload = Upload.of(
                request.context().contentType(),
                request.body(),
                exchange.limits().images());
        List<EncodedImage> images = new ArrayList<>();
        for (EncodedImage image : upload.images()) {
            images.add(EncodedImage.of(image.bytes(), place(images.size())));
        }
        return new Asked(images, Range.parse(upload.fields().get(RANGE)));
    }

    private Asked ofJson(byte[] body) {
        JsonNode root = Json.parse(body);
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!Set.of(IMAGES, RANGE).contains(field.getKey())) {
                throw new RequestException(
                        ErrorCode.BAD_REQUEST,
                        "the request has a field " + Excerpt.quoted(field.getKey())
                                + "; it may have \"images\" and \"range\"");
            }
        }
        JsonNode texts = root.path(IMAGES);
        if (!texts.isArray() || texts.isEmpty()) {
            throw new RequestException(
                    ErrorCode.MISSING_IMAGE, "\"images\" must be an array of one or more images in base64");
        }
        if (texts.size() > exchange.limits().images()) {
            throw Upload.tooMany(texts.size(), exchange.limits().images());
        }
        List<EncodedImage> images = new ArrayList<>();
        texts.forEach(text -> images.add(decoded(text, place(images.size()))));
        return new Asked(images, Range.parse(root.path(RANGE).asText(null)));
    }

    private static EncodedImage decoded(JsonNode text, String place) {
        try {
            if (text.isTextual()) {
                return EncodedImage.of(Base64.getDecoder().decode(text.textValue()), place);
            }
        } catch (IllegalArgumentException e) {
            throw new RequestException(
                    ErrorCode.BAD_REQUEST, place + " is not base64 (" + e.getMessage() + "); encode the image's file");
        }
        throw new RequestException(ErrorCode.BAD_REQUEST, place + " is not a text; encode the image's file in base64");
    }

    private static String place(int index) {
        return IMAGES + "[" + index + "]";
    }
}
