package io.github.deqa4j.train;

import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.torch.loss.AllPairsBatch;
import io.github.deqa4j.torch.loss.DeqaLoss;
import io.github.deqa4j.torch.loss.LossMeans;
import io.github.deqa4j.torch.loss.RatingTensors;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.AugmentedImage;
import io.github.deqa4j.train.data.Crop;
import io.github.deqa4j.train.data.LoadedBatch;
import io.github.deqa4j.train.data.Rating;
import io.github.deqa4j.train.data.Sample.PristineImage;
import io.github.deqa4j.train.data.Sample.RatedImage;
import io.github.deqa4j.train.data.SampleReader;
import io.github.deqa4j.train.data.SampleSet;
import io.github.deqa4j.train.data.TrainingItem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/**
 * Training of a network that gives the logits of the five levels directly. Every rated crop is compared with all others of its
 * data set in the batch, and every pristine crop with distorted versions of itself.
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
        return ratedMeans(batch).plus(ladderMeans(batch));
    }

    private LossMeans ratedMeans(LoadedBatch batch) {
        List<Pixels> pixels = new ArrayList<>();
        List<Rating> ratings = new ArrayList<>();
        List<Integer> sets = new ArrayList<>();
        for (TrainingItem item : batch.items()) {
            if (item.a() instanceof RatedImage rated) {
                pixels.add(batch.inputs(item, rated).get(0).image());
                ratings.add(rated.rating());
                sets.add(item.set());
            }
        }
        return pixels.isEmpty()
                ? LossMeans.none()
                : loss.allPairs(new AllPairsBatch(logits(pixels), Rating.tensors(ratings), sets));
    }

    /** Mean scores that fall by the distortion's strength in levels, each with a standard deviation of one level. */
    private LossMeans ladderMeans(LoadedBatch batch) {
        List<Pixels> pixels = new ArrayList<>();
        List<Double> means = new ArrayList<>();
        List<Integer> ladders = new ArrayList<>();
        for (int i = 0; i < batch.items().size(); i++) {
            TrainingItem item = batch.items().get(i);
            if (item.a() instanceof PristineImage pristine) {
                for (AugmentedImage<Pixels> version : batch.inputs(item, pristine)) {
                    pixels.add(version.image());
                    means.add(-version.qualityDrop());
                    ladders.add(i);
                }
            }
        }
        double[] scores = means.stream().mapToDouble(Double::doubleValue).toArray();
        return pixels.isEmpty()
                ? LossMeans.none()
                : loss.ladders(new AllPairsBatch(logits(pixels), RatingTensors.compared(scores), ladders));
    }

    private Tensor logits(List<Pixels> pixels) { // (B, 5)
        return network.logits(LevelNetwork.batch(pixels));
    }
}
