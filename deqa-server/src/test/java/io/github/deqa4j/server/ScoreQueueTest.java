package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.ScoringException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.server.QueuedImage.Result;
import io.github.deqa4j.server.QueuedImage.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScoreQueueTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final QueueSettings ONE_PASS = QueueSettings.defaults().withPasses(1);

    private final ServerMetrics metrics = new ServerMetrics();
    private final List<ScoreQueue> opened = new ArrayList<>();

    private ScoreQueue queue(FakeScorer scorer, QueueSettings settings) {
        ScoreQueue queue = new ScoreQueue(scorer, settings, metrics);
        opened.add(queue);
        return queue;
    }

    @AfterEach
    void endThreads() {
        opened.forEach(queue -> queue.close(LONG));
        metrics.close();
    }

    private static List<CompletableFuture<Result>> accept(ScoreQueue queue, String letters) {
        return accept(queue, letters, new AtomicBoolean());
    }

    private static List<CompletableFuture<Result>> accept(ScoreQueue queue, String letters, AtomicBoolean gone) {
        List<EncodedImage> images = letters.chars()
                .mapToObj(letter -> FakeScorer.image((char) letter))
                .toList();
        return queue.accept(images, Wanted.WHOLE, gone::get);
    }

    @Test
    void scoresEachImageOfARequest() {
        List<CompletableFuture<Result>> results = accept(queue(new FakeScorer(), ONE_PASS), "xyz");

        assertThat(results)
                .extracting(result -> result.join().quality())
                .containsExactly(FakeScorer.scoreOf('x'), FakeScorer.scoreOf('y'), FakeScorer.scoreOf('z'));
    }

    @Test
    void imagesOfSeveralRequestsAreOneBatchThatIsNotAwaitedOnceItIsFull() {
        FakeScorer scorer = new FakeScorer(3);
        ScoreQueue queue = queue(scorer, ONE_PASS.withMaxWait(LONG));

        CompletableFuture<Result> first = accept(queue, "x").get(0);
        CompletableFuture<Result> second = accept(queue, "yz").get(1);

        assertThat(first.join().quality()).isEqualTo(FakeScorer.scoreOf('x'));
        assertThat(second.join().quality()).isEqualTo(FakeScorer.scoreOf('z'));
        assertThat(scorer.batches).containsExactly("xyz");
    }

    @Test
    void aBatchThatDoesNotFillGoesAtItsDeadline() {
        FakeScorer scorer = new FakeScorer(3);

        accept(queue(scorer, ONE_PASS.withMaxWait(Duration.ofMillis(1))), "x")
                .get(0)
                .join();

        assertThat(scorer.batches).containsExactly("x");
    }

    @Test
    void aRequestLargerThanABatchIsDivided() {
        FakeScorer scorer = new FakeScorer(2);

        accept(queue(scorer, ONE_PASS), "vwxyz").forEach(CompletableFuture::join);

        assertThat(scorer.batches).containsExactly("vw", "xy", "z");
    }

    @Test
    void aRequestIsAcceptedAsAWholeOrNotAtAll() {
        FakeScorer scorer = new FakeScorer().blocked();
        ScoreQueue queue = queue(scorer, ONE_PASS.withImages(4));
        accept(queue, "xyz");

        assertThatThrownBy(() -> accept(queue, "vw"))
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
        assertThat(queue.images()).isEqualTo(3);
        CompletableFuture<Result> last = accept(queue, "w").get(0); // the one place left
        assertThatThrownBy(() -> accept(queue, "v")).isInstanceOf(RequestException.class);

        scorer.permits.release(4);
        last.join();
        assertThat(scorer.batches).containsExactly("x", "y", "z", "w");
        assertThat(queue.images()).isZero();
    }

    @Test
    void moreImagesThanTheQueueHoldsAreRefusedByName() {
        assertThatThrownBy(() -> accept(queue(new FakeScorer(), ONE_PASS.withImages(2)), "xyz"))
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_IMAGES))
                .hasMessage("the request has 3 images, and this server holds 2 at most; send fewer at once");
    }

    @Test
    void anImageThatFailsCostsItsOwnAnswerAlone() {
        FakeScorer scorer = new FakeScorer(8);
        List<CompletableFuture<Result>> results =
                accept(queue(scorer, ONE_PASS.withMaxWait(Duration.ofMillis(1))), "xunbmz");

        assertThat(results.get(0).join().quality()).isEqualTo(FakeScorer.scoreOf('x'));
        assertThat(results.get(5).join().quality()).isEqualTo(FakeScorer.scoreOf('z'));
        assertThat(error(results.get(1))).isInstanceOf(UnreadableImageException.class);
        assertThat(error(results.get(2))).isInstanceOf(ScoringException.class);
        assertThat(error(results.get(3))).isInstanceOf(IllegalStateException.class);
        assertThat(error(results.get(4))).isInstanceOf(OutOfMemoryError.class);
        assertThat(metrics.text())
                .contains("deqa_images_total{outcome=\"scored\"} 2.0")
                .contains("deqa_images_total{outcome=\"unreadable_image\"} 1.0")
                .contains("deqa_images_total{outcome=\"too_large\"} 1.0");
    }

    @Test
    void theQueueGoesOnAfterAnError() {
        ScoreQueue queue = queue(new FakeScorer(), ONE_PASS);
        error(accept(queue, "b").get(0));

        assertThat(accept(queue, "x").get(0).join().quality()).isEqualTo(FakeScorer.scoreOf('x'));
    }

    @Test
    void anImageWhoseClientHasGoneIsNotComputed() {
        FakeScorer scorer = new FakeScorer().blocked();
        ScoreQueue queue = queue(scorer, ONE_PASS);
        AtomicBoolean gone = new AtomicBoolean();
        CompletableFuture<Result> first = accept(queue, "x").get(0);
        scorer.arrivals.acquireUninterruptibly(); // it is in the network; the next ones wait
        List<CompletableFuture<Result>> dropped = accept(queue, "yy", gone);
        CompletableFuture<Result> last = accept(queue, "z").get(0);

        gone.set(true);
        scorer.permits.release(4);

        assertThat(first.join().quality()).isEqualTo(FakeScorer.scoreOf('x'));
        assertThat(last.join().quality()).isEqualTo(FakeScorer.scoreOf('z'));
        assertThat(dropped).allMatch(CompletableFuture::isCancelled);
        assertThat(scorer.batches).containsExactly("x", "z");
        assertThat(queue.images()).isZero();
    }

    @Test
    void passesGoToTheScorerAtTheSameTime() {
        FakeScorer scorer = new FakeScorer().blocked();
        List<CompletableFuture<Result>> results = accept(queue(scorer, ONE_PASS.withPasses(2)), "xyz");

        scorer.arrivals.acquireUninterruptibly(2); // would not come if the second waited for the first
        scorer.permits.release(3);

        results.forEach(CompletableFuture::join);
    }

    @Test
    void closingAnswersAllThatWasAccepted() {
        FakeScorer scorer = new FakeScorer().blocked();
        ScoreQueue queue = queue(scorer, ONE_PASS);
        List<CompletableFuture<Result>> accepted = accept(queue, "vwxyz");
        scorer.permits.release(5);

        queue.close(LONG);

        assertThat(accepted).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThatThrownBy(() -> accept(queue, "x"))
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STOPPING));
    }

    @Test
    void whatWaitsAfterTheLimitOfClosingIsAnsweredWithAnError() throws InterruptedException {
        FakeScorer scorer = new FakeScorer().blocked();
        ScoreQueue queue = queue(scorer, ONE_PASS);
        List<CompletableFuture<Result>> accepted = accept(queue, "vwxyz");
        scorer.arrivals.acquireUninterruptibly();
        Thread closing = new Thread(() -> queue.close(Duration.ZERO));
        closing.start();

        assertThat(error(accepted.get(4)))
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STOPPING));
        scorer.permits.release(5);
        closing.join(TimeUnit.MINUTES.toMillis(1));
        assertThat(accepted.get(0).join().quality()).isEqualTo(FakeScorer.scoreOf('v'));
    }

    private static Throwable error(CompletableFuture<Result> result) {
        return result.handle((value, error) -> error instanceof CompletionException ? error.getCause() : error)
                .join();
    }
}
