package io.github.deqa4j.train;

import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.torch.loss.AllPairsBatch;
import io.github.deqa4j.torch.loss.DeqaLoss;
import io.github.deqa4j.torch.loss.LossMeans;
import io.github.deqa4j.torch.loss.RatingTensors;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.Crop;
import io.github.deqa4j.train.data.LoadedBatch;
import io.github.deqa4j.train.data.PreparedImage;
import io.github.deqa4j.train.data.Rating;
import io.github.deqa4j.train.data.SampleReader;
import io.github.deqa4j.train.data.SampleSet;
import io.github.deqa4j.train.data.TrainingItem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Pieces of images, of which every one is compared with all others of its data set in the batch; and pristine pieces, each
 * compared with worse states of itself.
 */
final class AllPairsTask implements Task {
    private final LevelNetwork network;
    private final TrainingConfig config;
    private final DeqaLoss loss;

    AllPairsTask(LevelNetwork network, TrainingConfig config) {
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
        List<TrainingItem> rated = batch.draws().stream()
                .filter(draw -> draw.a().opinion().isPresent())
                .toList();
        if (!rated.isEmpty()) {
            means = means.plus(loss.panel(rated(rated, batch)));
        }
        List<TrainingItem> ladders = batch.draws().stream()
                .filter(draw -> draw.a().opinion().isEmpty())
                .toList();
        return ladders.isEmpty() ? means : means.plus(loss.ladders(ladders(ladders, batch)));
    }

    private AllPairsBatch rated(List<TrainingItem> draws, LoadedBatch batch) {
        List<Rating> opinions =
                draws.stream().flatMap(draw -> draw.a().opinion().stream()).toList();
        List<Pixels> pixels = draws.stream()
                .map(draw -> batch.shown(draw, draw.a()).get(0).pixels())
                .toList();
        return new AllPairsBatch(
                network.logits(LevelNetwork.batch(pixels)),
                Rating.all(opinions),
                draws.stream().map(TrainingItem::set).toList());
    }

    /** People would tell states apart as they tell scores that differ by as many levels, each of a spread of one. */
    private AllPairsBatch ladders(List<TrainingItem> draws, LoadedBatch batch) {
        List<PreparedImage> shown = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        for (int i = 0; i < draws.size(); i++) {
            for (PreparedImage state : batch.shown(draws.get(i), draws.get(i).a())) {
                shown.add(state);
                groups.add(i);
            }
        }
        double[] means = shown.stream().mapToDouble(state -> -state.loss()).toArray();
        return new AllPairsBatch(
                network.logits(LevelNetwork.batch(
                        shown.stream().map(PreparedImage::pixels).toList())),
                RatingTensors.compared(means),
                groups);
    }
}
