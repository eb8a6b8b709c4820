package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Images that are scored at their own scale, beside those that are not. */
@Timeout(60)
class DetailLaneTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final QueueSettings ONE_PASS = QueueSettings.defaults().withPasses(1);

    private final ServerMetrics metrics = new ServerMetrics();
    private final List<ScoreQueue> opened = new ArrayList<>();

    private ScoreQueue queue(FakeScorer scorer) {
        ScoreQueue queue = new ScoreQueue(scorer, ONE_PASS, metrics);
        opened.add(queue);
        return queue;
    }

    @AfterEach
    void endThreads() {
        opened.forEach(queue -> queue.close(LONG));
        metrics.close();
    }

    private static List<CompletableFuture<Result>> accept(ScoreQueue queue, String letters, Wanted wanted) {
        return accept(queue, letters, wanted, new AtomicBoolean());
    }

    private static List<CompletableFuture<Result>> accept(
            ScoreQueue queue, String letters, Wanted wanted, AtomicBoolean gone) {
        List<EncodedImage> images = letters.chars()
                .mapToObj(letter -> FakeScorer.image((char) letter))
                .toList();
        return queue.accept(images, wanted, gone::get);
    }

    @Test
    void theScoreIsThatOfTheDetailWhereThatAloneIsWanted() {
        TileScorer scorer = new TileScorer();
        Result result = accept(queue(scorer), "x", Wanted.DETAIL).get(0).join();

        assertThat(result.detail()).contains(TileScorer.detailOf('x'));
        assertThat(result.quality()).isEqualTo(TileScorer.detailOf('x').quality());
        assertThat(scorer.batches).isEmpty();
        assertThat(scorer.prepared).isEmpty();
    }

    @Test
    void theScoreStaysThatOfTheWholeWhereBothAreWanted() {
        TileScorer scorer = new TileScorer();
        Result result = accept(queue(scorer), "x", Wanted.BOTH).get(0).join();

        assertThat(result.detail()).contains(TileScorer.detailOf('x'));
        assertThat(result.quality()).isEqualTo(FakeScorer.scoreOf('x'));
        assertThat(result.quality().reliability()).contains(TileScorer.RELIABILITY);
        assertThat(scorer.prepared).containsExactly('x');
    }

    @Test
    void anImageThatKeepsItsScaleIsScoredOnce() {
        TileScorer scorer = new TileScorer();
        Result result = accept(queue(scorer), "k", Wanted.BOTH).get(0).join();

        assertThat(result.detail().orElseThrow().places()).isEqualTo(1);
        assertThat(result.detail().orElseThrow().quality()).isEqualTo(FakeScorer.scoreOf('k'));
        assertThat(scorer.batches).containsExactly("k");
        assertThat(scorer.details).isEmpty();
    }

    @Test
    void othersGoOnWhileTilesAreInTheNetwork() {
        TileScorer scorer = new TileScorer().withoutDetails();
        ScoreQueue queue = queue(scorer);
        List<CompletableFuture<Result>> details = accept(queue, "abc", Wanted.DETAIL);
        scorer.detailArrivals.acquireUninterruptibly();

        List<CompletableFuture<Result>> wholes = accept(queue, "xyz", Wanted.WHOLE);
        wholes.forEach(CompletableFuture::join); // would not end if they waited for the tiles

        assertThat(details).noneMatch(CompletableFuture::isDone);
        assertThat(scorer.details).containsExactly('a');
        scorer.detailPermits.release(3);
        details.forEach(CompletableFuture::join);
        assertThat(scorer.details).containsExactly('a', 'b', 'c');
    }

    @Test
    void wholesOfOneRequestGoThroughTheNetworkTogether() {
        TileScorer scorer = new TileScorer(3);
        accept(queue(scorer), "vwxyz", Wanted.BOTH).forEach(CompletableFuture::join);

        assertThat(scorer.batches).containsExactly("vwx", "yz");
        assertThat(scorer.details).containsExactly('v', 'w', 'x', 'y', 'z');
    }

    @Test
    void anImageThatFailsCostsItsOwnAnswerAlone() {
        TileScorer scorer = new TileScorer(8);
        ScoreQueue queue = queue(scorer);
        List<CompletableFuture<Result>> results = accept(queue, "xundmz", Wanted.BOTH);

        assertThat(results.get(0).join().quality()).isEqualTo(FakeScorer.scoreOf('x'));
        assertThat(results.get(5).join().detail()).contains(TileScorer.detailOf('z'));
        assertThat(error(results.get(1))).isInstanceOf(UnreadableImageException.class);
        assertThat(error(results.get(2))).isInstanceOf(ScoringException.class).hasMessage("the network gives no score");
        assertThat(error(results.get(3)))
                .isInstanceOf(ScoringException.class)
                .hasMessage("the network gives no score for a tile");
        assertThat(error(results.get(4))).isInstanceOf(OutOfMemoryError.class);
        assertThat(scorer.details).containsExactly('x', 'd', 'z'); // not of n, whose whole has no score
        assertThat(queue.images()).isZero();
    }

    @Test
    void anImageWhoseClientHasGoneIsNotComputed() {
        TileScorer scorer = new TileScorer(8).withoutDetails();
        ScoreQueue queue = queue(scorer);
        AtomicBoolean gone = new AtomicBoolean();
        List<CompletableFuture<Result>> dropped = accept(queue, "abc", Wanted.DETAIL, gone);
        scorer.detailArrivals.acquireUninterruptibly(); // the first is in the network; the others are decoded
        CompletableFuture<Result> last = accept(queue, "z", Wanted.DETAIL).get(0);

        gone.set(true);
        scorer.detailPermits.release(4);

        last.join();
        assertThat(dropped.get(0).join().detail()).contains(TileScorer.detailOf('a'));
        assertThat(dropped.subList(1, 3)).allMatch(CompletableFuture::isCancelled);
        assertThat(scorer.details).containsExactly('a', 'z');
        assertThat(queue.images()).isZero();
    }

    @Test
    void passesAndTilesAreCounted() {
        accept(queue(new TileScorer()), "xy", Wanted.BOTH).forEach(CompletableFuture::join);

        assertThat(metrics.text())
                .contains("deqa_batch_images_count 2")
                .contains("deqa_detail_seconds_count 2")
                .contains("deqa_detail_tiles_sum 4.0")
                .contains("deqa_images_total{outcome=\"scored\"} 2.0");
    }

    @Test
    void closingAnswersAllThatWasAccepted() {
        TileScorer scorer = new TileScorer().withoutDetails();
        ScoreQueue queue = queue(scorer);
        List<CompletableFuture<Result>> accepted = accept(queue, "xyz", Wanted.BOTH);
        scorer.detailPermits.release(3);

        queue.close(LONG);

        assertThat(accepted).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void whatWaitsAfterTheLimitOfClosingIsAnsweredWithAnError() throws InterruptedException {
        TileScorer scorer = new TileScorer().withoutDetails();
        ScoreQueue queue = queue(scorer);
        List<CompletableFuture<Result>> accepted = accept(queue, "xyz", Wanted.DETAIL);
        scorer.detailArrivals.acquireUninterruptibly();
        Thread closing = new Thread(() -> queue.close(Duration.ZERO));
        closing.start();

        assertThat(error(accepted.get(2)))
                .isInstanceOfSatisfying(
                        RequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STOPPING));
        scorer.detailPermits.release(3);
        closing.join(TimeUnit.MINUTES.toMillis(1));
        assertThat(accepted.get(0).join().detail()).contains(TileScorer.detailOf('x'));
        assertThat(scorer.details).containsExactly('x');
    }

    @Test
    void decodedPixelsAreHeldUntilTheirImageIsScored() throws InterruptedException {
        List<Long> held = new CopyOnWriteArrayList<>();
        ImageWork work = new ImageWork(new TileScorer(), metrics);
        DetailLane lane = new DetailLane(work, 1, held::add);
        lane.add(queued("xdu"));
        lane.close();

        assertThat(lane.ends(LONG.toNanos())).isTrue();
        assertThat(held).containsExactly(1L, -1L, 1L, -1L, 0L, 0L); // x and d have a pixel, u cannot be read
        work.close();
    }

    @Test
    void memoryThatRunsOutBetweenImagesFailsThoseAtHand() throws InterruptedException {
        ImageWork work = new ImageWork(new TileScorer(), metrics);
        AtomicInteger calls = new AtomicInteger();
        DetailLane lane = new DetailLane(work, 1, more -> {
            if (calls.getAndIncrement() == 0) {
                throw new OutOfMemoryError("made up");
            }
        });
        List<QueuedImage> images = queued("xy");
        lane.add(images);
        lane.close();

        assertThat(lane.ends(LONG.toNanos())).isTrue();
        assertThat(error(images.get(0).result())).isInstanceOf(OutOfMemoryError.class);
        assertThat(images.get(1).result().join().detail()).contains(TileScorer.detailOf('y'));
        work.close();
    }

    private List<QueuedImage> queued(String letters) {
        AtomicInteger unanswered = new AtomicInteger();
        return letters.chars()
                .mapToObj(letter -> new QueuedImage(
                        FakeScorer.image((char) letter), Wanted.DETAIL, () -> false, unanswered, metrics))
                .toList();
    }

    private static Throwable error(CompletableFuture<Result> result) {
        return result.handle((value, error) -> error instanceof CompletionException ? error.getCause() : error)
                .join();
    }
}
