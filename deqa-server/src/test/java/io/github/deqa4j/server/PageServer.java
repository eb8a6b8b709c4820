package io.github.deqa4j.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.View;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/** The page with a server behind it that can be held, be busy or ask for a key. */
final class PageServer implements AutoCloseable {
    private static final int OPEN = 1_000_000;
    private static final long MOST_BYTES = 16 << 20;

    /** How many requests are still answered as by a busy server. */
    final AtomicInteger busy = new AtomicInteger();

    /** How many requests still fail by an error of the server. */
    final AtomicInteger failing = new AtomicInteger();

    /** How many images were scored. */
    final AtomicInteger scored = new AtomicInteger();

    private final GrayScorer scorer;
    private final Optional<String> key;
    private final Semaphore gate = new Semaphore(OPEN);
    private final Javalin javalin;
    private final int port;

    private PageServer(GrayScorer scorer, Optional<String> key, int port) {
        this.scorer = scorer;
        this.key = key;
        this.javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = MOST_BYTES;
            List.of(new ErrorRoutes(), new HealthRoutes(() -> ServerState.READY), new PageRoutes(), this::addTo)
                    .forEach(routes -> routes.addTo(config.routes));
        });
        this.port = javalin.start("127.0.0.1", port).port();
    }

    static PageServer start() {
        return new PageServer(new GrayScorer(true), Optional.empty(), 0);
    }

    static PageServer withoutMaps() {
        return new PageServer(new GrayScorer(false), Optional.empty(), 0);
    }

    /** With a model that looks at images at their own scale, and tells how far its scores can be relied on. */
    static PageServer withDetail() {
        return new PageServer(new GrayScorer(true, true), Optional.empty(), 0);
    }

    static PageServer withKey(String key) {
        return new PageServer(new GrayScorer(true), Optional.of(key), 0);
    }

    /** Starts where another one was closed. */
    static PageServer instead(PageServer gone) {
        return new PageServer(new GrayScorer(true), Optional.empty(), gone.port);
    }

    String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** Lets only so many more images be scored; others wait. */
    void hold(int images) {
        gate.drainPermits();
        gate.release(images);
    }

    /** Lets all images be scored. */
    void open() {
        gate.release(OPEN);
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private void addTo(RoutesConfig routes) {
        routes.get("/v1/models", context -> {
            authorize(context);
            ObjectNode answer = Json.object();
            answer.putArray("models")
                    .addObject()
                    .put("name", scorer.model().name())
                    .put("precision", scorer.model().precision())
                    .put("identity", scorer.model().identity())
                    .put("exif", scorer.model().exif())
                    .put("maps", scorer.supportsMaps())
                    .put("detail", scorer.supportsDetail())
                    .put("score_interval", scorer.supportsDetail());
            Json.answer(context, 200, answer);
        });
        routes.post("/v1/score", context -> {
            RgbImage image = received(context);
            gate.acquire();
            Json.answer(context, 200, answer(image, ViewParameter.of(context, scorer)));
            scored.incrementAndGet();
        });
        routes.post("/v1/heatmap", context -> {
            RgbImage image = received(context);
            BufferedImage map = scorer.scoreWithMap(image).map().draw(image).toBufferedImage();
            context.contentType("image/png").result(png(map));
        });
    }

    private RgbImage received(Context context) {
        authorize(context);
        if (counts(failing)) {
            throw new RequestException(ErrorCode.INTERNAL, "an error in the server itself");
        }
        if (counts(busy)) {
            context.header("Retry-After", "0");
            throw new RequestException(ErrorCode.BUSY, "the server has no room; try again later");
        }
        try {
            return scorer.decode(EncodedImage.of(context.bodyAsBytes(), "body"));
        } catch (UnreadableImageException e) {
            throw new RequestException(ErrorCode.UNREADABLE_IMAGE, e.getMessage());
        }
    }

    private static boolean counts(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    private void authorize(Context context) {
        if (key.isPresent()
                && !key.map(value -> "Bearer " + value).equals(Optional.ofNullable(context.header("Authorization")))) {
            throw new RequestException(ErrorCode.UNAUTHORIZED, "this needs an API key");
        }
    }

    private ObjectNode answer(RgbImage image, View view) {
        QualityScore quality = scorer.score(image);
        ObjectNode answer = Json.object().put("score", quality.score());
        ScoreJson.put(answer, quality);
        if (view.hasDetail()) {
            ScoreJson.put(answer, view, scorer.scoreDetail(image, ImageWork.DETAIL));
        }
        return answer.put("width", image.width())
                .put("height", image.height())
                .put("ms", 1.5)
                .put("model", scorer.model().identity(view, ImageWork.DETAIL));
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
