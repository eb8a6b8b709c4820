package io.github.deqa4j.torch.compact;

import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Dropout;
import io.github.deqa4j.torch.nn.Functional;
import io.github.deqa4j.torch.nn.LayerNorm;
import io.github.deqa4j.torch.nn.LayerStack;
import io.github.deqa4j.torch.nn.Linear;
import io.github.deqa4j.torch.nn.RandomStream;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Mean and spread of every feature over the picture, each stage's normalised, through a perceptron: five logits. */
final class StatisticsHead extends Block {
    private static final double EPS = 1e-5;

    private final LayerStack<LayerNorm> norms;
    private final Linear fc1;
    private final Linear fc2;
    private final Dropout dropout;

    StatisticsHead(CompactConfig config, RandomStream random) {
        norms = child(
                "norms",
                new LayerStack<>(
                        config.stages().size(),
                        i -> new LayerNorm(2L * config.stages().get(i).features(), EPS)));
        fc1 = child("fc1", Linear.withBias(config.statistics(), config.hidden()));
        fc2 = child("fc2", Linear.withBias(config.hidden(), Level.ALL.size()));
        dropout = new Dropout(config.dropout(), random);
    }

    Tensor forward(List<Tensor> stages) { // (B, C, H, W) each
        Tensor[] statistics = IntStream.range(0, stages.size())
                .mapToObj(i -> norms.get(i).forward(Functional.meanAndSpread(stages.get(i)))) // (B, 2C)
                .toArray(Tensor[]::new);
        Tensor x = dropout.forward(Functional.cat(1, statistics)); // (B, statistics)
        Tensor h = dropout.forward(Functional.relu(fc1.forward(x))); // (B, hidden)
        return fc2.forward(h); // (B, 5)
    }
}
