package io.github.deqa4j.torch.compact;

import static io.github.deqa4j.torch.nn.Functional.cat;
import static io.github.deqa4j.torch.nn.Functional.relu;

import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Dropout;
import io.github.deqa4j.torch.nn.LayerNorm;
import io.github.deqa4j.torch.nn.LayerStack;
import io.github.deqa4j.torch.nn.Linear;
import io.github.deqa4j.torch.nn.RandomStream;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** A perceptron from the mean and standard deviation of every feature to five logits. The statistics of each stage are normalized. */
final class StatisticsHead extends Block {
    private static final double EPS = 1e-5;

    private final int stages;
    private final LayerStack<LayerNorm> norms;
    private final Linear fc1;
    private final Linear fc2;
    private final Dropout dropout;

    StatisticsHead(CompactConfig config, RandomStream random) {
        stages = config.stages().size();
        norms = child(
                "norms",
                new LayerStack<>(
                        stages, i -> new LayerNorm(2L * config.stages().get(i).features(), EPS)));
        fc1 = child("fc1", Linear.withBias(config.statistics(), config.hidden()));
        fc2 = child("fc2", Linear.withBias(config.hidden(), Level.ALL.size()));
        dropout = new Dropout(config.dropout(), random);
    }

    /** What the head reads of whole images. */
    Tensor statistics(List<Tensor> stages) { // (B, C, H, W) each
        return normalized(i -> FeatureStatistics.meanAndSpread(stages.get(i))); // (B, statistics)
    }

    /** As {@link #statistics}, for windows of the image instead of the whole. A window covers the same pixels in every stage. */
    Tensor localStatistics(List<Tensor> stages, int rows, int columns) { // (B, C, H, W) each
        return normalized(i -> {
            Tensor stage = stages.get(i);
            long finer = 1L << (stages.size() - 1 - i); // cells for one of the last stage, along a side
            return FeatureStatistics.meanAndSpread(
                    stage, Math.min(rows * finer, stage.size(2)), Math.min(columns * finer, stage.size(3)), finer);
        }); // (B, h, w, statistics)
    }

    private Tensor normalized(IntFunction<Tensor> statistics) { // of a stage: (…, 2C)
        Tensor[] normalized = IntStream.range(0, stages)
                .mapToObj(i -> norms.get(i).forward(statistics.apply(i)))
                .toArray(Tensor[]::new);
        return cat(-1, normalized); // (…, statistics)
    }

    Tensor forward(Tensor statistics) { // (…, statistics)
        Tensor h = dropout.forward(relu(fc1.forward(dropout.forward(statistics)))); // (…, hidden)
        return fc2.forward(h); // (…, 5)
    }
}
