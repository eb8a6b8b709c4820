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
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** A perceptron from the mean and standard deviation of every feature to five logits. The statistics of each stage are normalized. */
final class StatisticsHead extends Block {
    private static final double EPS = 1e-5;

    private final int[] widths; // statistics of each stage
    private final LayerStack<LayerNorm> norms;
    private final Linear fc1;
    private final Linear fc2;
    private final Dropout dropout;

    StatisticsHead(CompactConfig config, RandomStream random) {
        widths =
                config.stages().stream().mapToInt(stage -> 2 * stage.features()).toArray();
        norms = child("norms", new LayerStack<>(widths.length, i -> new LayerNorm(widths[i], EPS)));
        fc1 = child("fc1", Linear.withBias(config.statistics(), config.hidden()));
        fc2 = child("fc2", Linear.withBias(config.hidden(), Level.ALL.size()));
        dropout = new Dropout(config.dropout(), random);
    }

    /** The statistics of whole images, which the head reads. */
    static Tensor statistics(List<Tensor> stages) { // (B, C, H, W) each
        return cat(1, stages.stream().map(FeatureStatistics::meanAndSpread).toArray(Tensor[]::new)); // (B, statistics)
    }

    /** As {@link #statistics}, of windows of the image instead of the whole. A window covers the same pixels in every stage. */
    static Tensor localStatistics(List<Tensor> stages, int rows, int columns) { // (B, C, H, W) each
        Tensor[] statistics = IntStream.range(0, stages.size())
                .mapToObj(i -> {
                    Tensor stage = stages.get(i);
                    long finer = 1L << (stages.size() - 1 - i); // cells for one of the last stage, along a side
                    return FeatureStatistics.meanAndSpread(
                            stage,
                            Math.min(rows * finer, stage.size(2)),
                            Math.min(columns * finer, stage.size(3)),
                            finer);
                })
                .toArray(Tensor[]::new);
        return cat(-1, statistics); // (B, h, w, statistics)
    }

    Tensor forward(Tensor statistics) { // (…, statistics)
        Tensor x = dropout.forward(normalized(statistics));
        Tensor h = dropout.forward(relu(fc1.forward(x))); // (…, hidden)
        return fc2.forward(h); // (…, 5)
    }

    /** The statistics of each stage, normalized by themselves. */
    private Tensor normalized(Tensor statistics) { // (…, statistics)
        Tensor[] parts = new Tensor[widths.length];
        long start = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = norms.get(i).forward(statistics.narrow(-1, start, widths[i]));
            start += widths[i];
        }
        return cat(-1, parts);
    }
}
