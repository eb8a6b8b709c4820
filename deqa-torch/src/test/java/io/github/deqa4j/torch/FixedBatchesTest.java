package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.score.Scorer;
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
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes through the network when the settings name a batch. */
class FixedBatchesTest {
    private static final RgbImage WIDE = new RgbImage(60, 40, new byte[3 * 60 * 40]);
    private static final RgbImage TALL = new RgbImage(40, 60, new byte[3 * 60 * 40]);

    private final List<Long> inputs = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyPassHasTheShapeOfAFullBatch() {
        try (Scorer scorer = open(ScorerSettings.defaults().withBatch(4))) {
            assertThat(scorer.scoreAll(List.of(WIDE, TALL, WIDE, WIDE, WIDE, WIDE)))
                    .hasSize(6);
            assertThat(scorer.batch()).isEqualTo(4);
        }
        assertThat(inputs).containsExactly(4L, 4L, 4L);
    }

    @Test
    void imagesGoAloneUnlessTheSettingsSayOtherwise() {
        try (Scorer scorer = open(ScorerSettings.defaults())) {
            scorer.scoreAll(List.of(WIDE, TALL, WIDE));
            assertThat(scorer.batch()).isEqualTo(1);
        }
        assertThat(inputs).containsExactly(1L, 1L, 1L);
    }

    @Test
    void anAutomaticBatchIsTheOneThatTheNetworkMeasures() {
        try (Scorer scorer = open(ScorerSettings.defaults().withAutomaticBatch())) {
            assertThat(scorer.batch()).isEqualTo(3);
            scorer.score(WIDE);
        }
        assertThat(inputs).containsExactly(3L);
    }

    @Test
    void aNetworkThatMeasuresNothingTakesOneImageAtATime() {
        ModelSource source = ModelSource.directory(CompactFiles.write(folder.resolve("model")));
        try (Scorer scorer = Scorers.open(source, ScorerSettings.defaults().withAutomaticBatch())) {
            assertThat(scorer.batch()).isEqualTo(1);
        }
    }

    @Test
    void aBatchHasAnImage() {
        assertThatThrownBy(() -> ScorerSettings.defaults().withBatch(0))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("batch is 0; it must be from 1 to 256");
    }

    private Scorer open(ScorerSettings settings) {
        ModelFiles files = ModelFiles.open(
                Optional.of(CompactFiles.write(folder.resolve("model"))), Optional.empty(), Optional.empty());
        LevelNetwork network = NetworkArchitecture.of(files)
                .load(new NetworkSettings(
                        Optional.empty(), Prompt.SCORER, Precision.FLOAT32, Device.CPU, new RandomStream(0)));
        return new TorchScorer(new Recorded(network), files, settings);
    }

    /** A network that records how many images each pass has. */
    private final class Recorded implements LevelNetwork {
        private final LevelNetwork network;

        Recorded(LevelNetwork network) {
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
            inputs.add(pixels.size(0));
            return network.logits(pixels);
        }

        @Override
        public int measuredBatch() {
            return 3;
        }

        @Override
        public <T> T choose(Function<PromptedNetwork, T> prompted, Function<LevelNetwork, T> compact) {
            return compact.apply(this);
        }
    }
}
