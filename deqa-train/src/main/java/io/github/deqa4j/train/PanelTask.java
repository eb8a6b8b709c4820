package io.github.deqa4j.train;

import io.github.deqa4j.image.Pixels;
import io.github.deqa4j.torch.loss.DeqaLoss;
import io.github.deqa4j.torch.loss.LossMeans;
import io.github.deqa4j.torch.loss.Opinions;
import io.github.deqa4j.torch.loss.Panel;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.Crop;
import io.github.deqa4j.train.data.Draw;
import io.github.deqa4j.train.data.LoadedBatch;
import io.github.deqa4j.train.data.Opinion;
import io.github.deqa4j.train.data.SampleReader;
import io.github.deqa4j.train.data.SampleSet;
import io.github.deqa4j.train.data.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Pieces of pictures, of which every one is compared with all others of its data set in the batch; and pristine pieces, each
 * compared with worse states of itself.
 */
final class PanelTask implements Task {
    private final LevelNetwork network;
    private final TrainingConfig config;
    private final DeqaLoss loss;

    PanelTask(LevelNetwork network, TrainingConfig config) {
        this.network = network;
        this.config = config;
        loss = DeqaLoss.ofLevels(config.loss());
    }

    @Override
    public List<SampleSet> samples(Consumer<String> warnings) {
        Crop crop = new Crop(config.data().crop(), config.data().flip());
        return SampleReader.withoutText(config, crop, warnings).read();
    }

    @Override
    public DeqaLoss loss() {
        return loss;
    }

    @Override
    public LossMeans means(LoadedBatch batch) {
        LossMeans means = LossMeans.none();
        List<Draw> rated = batch.draws().stream()
                .filter(draw -> draw.a().opinion().isPresent())
                .toList();
        if (!rated.isEmpty()) {
            means = means.plus(loss.panel(rated(rated, batch)));
        }
        List<Draw> ladders = batch.draws().stream()
                .filter(draw -> draw.a().opinion().isEmpty())
                .toList();
        return ladders.isEmpty() ? means : means.plus(loss.ladders(ladders(ladders, batch)));
    }

    private Panel rated(List<Draw> draws, LoadedBatch batch) {
        List<Opinion> opinions =
                draws.stream().flatMap(draw -> draw.a().opinion().stream()).toList();
        List<Pixels> pixels = draws.stream()
                .map(draw -> batch.shown(draw, draw.a()).get(0).pixels())
                .toList();
        return new Panel(
                network.logits(LevelNetwork.batch(pixels)),
                Opinion.all(opinions),
                draws.stream().map(Draw::set).toList());
    }

    /** People would tell states apart as they tell scores that differ by as many levels, each of a spread of one. */
    private Panel ladders(List<Draw> draws, LoadedBatch batch) {
        List<Shown> shown = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < draws.size(); i++) {
            for (Shown state : batch.shown(draws.get(i), draws.get(i).a())) {
                shown.add(state);
                groups.add(i);
            }
        }
        double[] means = shown.stream().mapToDouble(state -> -state.loss()).toArray();
        return new Panel(
                network.logits(
                        LevelNetwork.batch(shown.stream().map(Shown::pixels).toList())),
                Opinions.compared(means),
                groups);
    }
}
