package io.github.deqa4j.torch;

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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** The small network, with a test that sees the input of every pass before the pass. */
final class WatchedNetwork implements LevelNetwork {
    private final LevelNetwork network;
    private final Consumer<Tensor> watcher;

    private WatchedNetwork(LevelNetwork network, Consumer<Tensor> watcher) {
        this.network = network;
        this.watcher = watcher;
    }

    /**
     * Opens a scorer with such a network.
     *
     * @param folder where to write the network's files
     * @param batch images of a pass
     * @param watcher is given the input of each pass
     */
    static TorchScorer open(Path folder, ScorerSettings settings, int batch, Consumer<Tensor> watcher) {
        ModelFiles files = ModelFiles.open(Optional.of(CompactFiles.write(folder)), Optional.empty(), Optional.empty());
        LevelNetwork network = new WatchedNetwork(
                NetworkArchitecture.of(files)
                        .load(new NetworkSettings(
                                Optional.empty(), Prompt.SCORER, Precision.FLOAT32, Device.CPU, new RandomStream(0))),
                watcher);
        return new TorchScorer(network, files, settings, batch, Optional.empty(), Optional.empty());
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
        watcher.accept(pixels);
        return network.logits(pixels, clock);
    }

    @Override
    public <T> T choose(Function<PromptedNetwork, T> prompted, Function<LevelNetwork, T> compact) {
        return compact.apply(this);
    }
}
