package io.github.deqa4j.torch.compact;

import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Precision;
import io.github.deqa4j.torch.nn.RandomStream;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The small network: pictures of any size to logits of the five levels. */
public final class CompactModel extends Block {
    private final CompactConfig config;
    private final Trunk trunk;
    private final StatisticsHead head;

    /**
     * A network without weights.
     *
     * @param random where dropout draws its seeds from in training
     * @param precision what convolutions are computed in; weights, and everything in the head, are float32
     */
    public CompactModel(CompactConfig config, RandomStream random, Precision precision) {
        this.config = config;
        trunk = child("trunk", new Trunk(config, precision));
        head = child("head", new StatisticsHead(config, random));
    }

    public CompactConfig config() {
        return config;
    }

    /**
     * Logits of the five levels, excellent to bad.
     *
     * @param pixels (B, 3, H, W), normalised
     * @return (B, 5)
     */
    public Tensor forward(Tensor pixels) {
        return head.forward(features(pixels));
    }

    /**
     * What the head reads: the features of every stage of the trunk.
     *
     * @param pixels (B, 3, H, W), normalised
     * @return (B, C, H/4, W/4), (B, C′, H/8, W/8), …
     */
    public List<Tensor> features(Tensor pixels) {
        return trunk.forward(pixels);
    }
}
