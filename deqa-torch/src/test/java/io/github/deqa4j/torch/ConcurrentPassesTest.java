package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.image.RgbImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other threads do something while the first pass is on its way: each runs until it has ended or waits. */
class ConcurrentPassesTest {
    private static final RgbImage IMAGE = new RgbImage(40, 40, new byte[3 * 40 * 40]);

    private final AtomicInteger passes = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> thrown = new ArrayList<>();
    private final List<Runnable> duringTheFirstPass = new ArrayList<>();
    private int begunDuringTheFirstPass;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void furtherThreadsWaitForAPass() throws InterruptedException {
        TorchScorer scorer = open(1);
        duringTheFirstPass.add(() -> scorer.score(IMAGE));
        score(scorer);
        scorer.close();

        assertThat(begunDuringTheFirstPass).isEqualTo(1);
        assertThat(passes).hasValue(2);
        assertThat(thrown).isEmpty();
    }

    @Test
    void asManyPassesAsTheSettingsAllowRunAtOnce() throws InterruptedException {
        TorchScorer scorer = open(2);
        duringTheFirstPass.add(() -> scorer.score(IMAGE));
        score(scorer);
        scorer.close();

        assertThat(begunDuringTheFirstPass).isEqualTo(2);
        assertThat(thrown).isEmpty();
    }

    @Test
    void closingWaitsForThePassThatIsOnItsWay() throws InterruptedException {
        TorchScorer scorer = open(2);
        duringTheFirstPass.add(scorer::close);

        assertThat(score(scorer)).isEqualTo(score(open(1)));
        assertThat(thrown).isEmpty();
        assertThatThrownBy(() -> scorer.score(IMAGE)).isInstanceOf(ScorerClosedException.class);
    }

    @Test
    void aThreadThatWaitsForAPassWhileTheScorerIsClosedGetsNone() throws InterruptedException {
        TorchScorer scorer = open(1);
        duringTheFirstPass.add(() -> scorer.score(IMAGE));
        duringTheFirstPass.add(scorer::close);
        score(scorer);

        assertThat(passes).hasValue(1);
        assertThat(thrown).singleElement().isInstanceOf(ScorerClosedException.class);
    }

    @Test
    void imagesArePreparedWhileAPassIsOnItsWay() throws InterruptedException {
        TorchScorer scorer = open(1);
        List<String> done = new ArrayList<>();
        duringTheFirstPass.add(() -> {
            scorer.prepare(IMAGE);
            done.add("first");
        });
        duringTheFirstPass.add(() -> done.add("second")); // begun when the first has ended or waits
        score(scorer);
        scorer.close();

        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void atLeastOnePassIsNeeded() {
        assertThatThrownBy(() -> ScorerSettings.defaults().withMaxPasses(0))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("maxPasses is 0; it must be at least 1");
    }

    /** The score of an image, once all threads that were begun meanwhile have ended. */
    private double score(TorchScorer scorer) throws InterruptedException {
        double score = scorer.score(IMAGE).score();
        for (Thread thread : threads) {
            thread.join();
        }
        return score;
    }

    private TorchScorer open(int maxPasses) {
        return WatchedNetwork.open(
                folder.resolve("model" + maxPasses), ScorerSettings.defaults().withMaxPasses(maxPasses), 1, pixels -> {
                    if (passes.incrementAndGet() == 1) {
                        beginThreads();
                    }
                });
    }

    private void beginThreads() {
        for (Runnable work : duringTheFirstPass) {
            Thread thread = new Thread(work);
            thread.setUncaughtExceptionHandler((t, e) -> thrown.add(e));
            threads.add(thread);
            thread.start();
            while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        begunDuringTheFirstPass = passes.get();
    }
}
