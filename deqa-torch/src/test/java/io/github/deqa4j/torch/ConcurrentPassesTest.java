package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.network.PromptedNetwork;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.StageClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
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
        ModelFiles files = ModelFiles.open(
                Optional.of(CompactFiles.write(folder.resolve("model" + maxPasses))),
                Optional.empty(),
                Optional.empty());
        LevelNetwork network = NetworkArchitecture.of(files)
                .load(new NetworkSettings(
                        Optional.empty(), Prompt.SCORER, Precision.FLOAT32, Device.CPU, new RandomStream(0)));
        return new TorchScorer(
                new Watched(network), files, ScorerSettings.defaults().withMaxPasses(maxPasses));
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

    /** A network that begins the other threads in its first pass. */
    private final class Watched implements LevelNetwork {
        private final LevelNetwork network;

        Watched(LevelNetwork network) {
            this.network = network;
        }

        @Override
        public Block block() {
            return network.block();
        }

        @Override
        public ImageView view() {
            return network.view();
        }

        @Override
        public Tensor logits(Tensor pixels, StageClock clock) {
            if (passes.incrementAndGet() == 1) {
                beginThreads();
            }
            return network.logits(pixels);
        }

        @Override
        public <T> T choose(Function<PromptedNetwork, T> prompted, Function<LevelNetwork, T> compact) {
            return compact.apply(this);
        }
    }
}
