package io.github.deqa4j.torch.compact;

import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.RandomStream;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The small network: images of any size to logits of the five levels. */
public final class CompactModel extends Block {
    /** The name of the trunk, with which the names of its weights begin. */
    public static final String TRUNK = "trunk";

    private final CompactConfig config;
    private final Trunk trunk;
    private final StatisticsHead head;

    /**
     * A network without weights.
     *
     * @param random gives dropout its seeds in training
     * @param precision number format in which convolutions are computed; weights and the head are float32
     */
    public CompactModel(CompactConfig config, RandomStream random, Precision precision) {
        this.config = config;
        trunk = child(TRUNK, new Trunk(config, precision));
        head = child("head", new StatisticsHead(config, random));
    }

    public CompactConfig config() {
        return config;
    }

    /**
     * Logits of the five levels, excellent to bad.
     *
     * @param pixels (B, 3, H, W), normalized
     * @return (B, 5)
     */
    public Tensor forward(Tensor pixels) {
        return logits(statistics(features(pixels)));
    }

    /**
     * What the head reads of whole images: of each stage the means of its features, then their standard deviations.
     *
     * @param features of {@link #features}
     * @return (B, statistics), float32
     */
    public Tensor statistics(List<Tensor> features) {
        return StatisticsHead.statistics(features);
    }

    /**
     * Logits of whole images.
     *
     * @param statistics of {@link #statistics}
     * @return (B, 5)
     */
    public Tensor logits(Tensor statistics) {
        return head.forward(statistics);
    }

    /**
     * Logits of windows that slide over images by one cell of the last stage. The head treats each window like a whole image.
     *
     * @param features of {@link #features}
     * @param rows height of a window in cells of the last stage, at most as many as there are
     * @param columns width of a window, likewise
     * @return (B, h, w, 5), from the upper left window on
     */
    public Tensor local(List<Tensor> features, int rows, int columns) {
        return head.forward(StatisticsHead.localStatistics(features, rows, columns));
    }

    /**
     * The features of every stage of the trunk, which the head reads.
     *
     * @param pixels (B, 3, H, W), normalized
     * @return (B, C, H/4, W/4), (B, C′, H/8, W/8), …
     */
    public List<Tensor> features(Tensor pixels) {
        return trunk.forward(pixels);
    }
}
