package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.server.QueuedImage.Result;
import io.github.deqa4j.server.QueuedImage.Wanted;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory that runs out in the network, and not while an image is decoded. */
@Timeout(60)
class ScoreQueueMemoryTest {
    private final ServerMetrics metrics = new ServerMetrics();

    /** Has memory for so many images at once; an image {@code w} never fits. */
    private static final class SmallScorer extends FakeScorer {
        private final int most;
        private final AtomicInteger failures = new AtomicInteger();

        SmallScorer(int batch, int most) {
            super(batch);
            this.most = most;
        }

        @Override
        public List<QualityScore> scoreAll(List<RgbImage> images) {
            if (images.size() > most || images.get(0).sample(0, 0, 0) == 'w') {
                failures.incrementAndGet();
                throw new OutOfMemoryError("made up");
            }
            return super.scoreAll(images);
        }
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void imagesThatDoNotFitTogetherAreScoredOneByOne() {
        SmallScorer scorer = new SmallScorer(4, 1);
        assertThat(score(scorer, "vxyz"))
                .extracting(Result::quality)
                .containsExactlyElementsOf(
                        Stream.of('v', 'x', 'y', 'z').map(FakeScorer::scoreOf).toList());
        assertThat(scorer.failures).hasValue(1);
        assertThat(scorer.batches).containsExactly("v", "x", "y", "z");
    }

    @Test
    void anImageThatDoesNotFitAloneIsTooLargeAndTheQueueGoesOn() {
        SmallScorer scorer = new SmallScorer(1, 1);
        ScoreQueue queue = new ScoreQueue(scorer, QueueSettings.defaults().withPasses(1), metrics);
        List<CompletableFuture<Result>> results =
                queue.accept(List.of(FakeScorer.image('w'), FakeScorer.image('x')), Wanted.WHOLE, () -> false);

        RequestException told = results.get(0)
                .handle((result, error) -> RequestException.of("w.png", error))
                .join();
        assertThat(told.code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(told).hasMessage("w.png: the image does not fit into the server's memory; send a smaller one");
        assertThat(results.get(1).join().quality()).isEqualTo(FakeScorer.scoreOf('x'));
        assertThat(queue.images()).isZero();
        queue.close(QueueSettings.defaults().maxWait());
    }

    private List<Result> score(FakeScorer scorer, String letters) {
        ScoreQueue queue = new ScoreQueue(scorer, QueueSettings.defaults().withPasses(1), metrics);
        List<Result> results = queue
                .accept(
                        letters.chars()
                                .mapToObj(letter -> FakeScorer.image((char) letter))
                                .toList(),
                        Wanted.WHOLE,
                        () -> false)
                .stream()
                .map(CompletableFuture::join)
                .toList();
        queue.close(QueueSettings.defaults().maxWait());
        return results;
    }
}
