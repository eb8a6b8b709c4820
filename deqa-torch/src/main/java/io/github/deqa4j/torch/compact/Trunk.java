package io.github.deqa4j.torch.compact;

import static io.github.deqa4j.torch.nn.Functional.maxPool;

import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.config.CompactConfig.Stage;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Convolution;
import io.github.deqa4j.torch.nn.LayerStack;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A residual network (He et al. 2015) up to its last stage but one, batch normalization folded into the convolutions. */
final class Trunk extends Block {
    private final Convolution stem;
    private final List<LayerStack<Bottleneck>> stages = new ArrayList<>();

    Trunk(CompactConfig config, Precision precision) {
        stem = child("stem", new Convolution(3, config.stem(), 7, 2, precision));
        int in = config.stem();
        for (int i = 0; i < config.stages().size(); i++) {
            Stage stage = config.stages().get(i);
            stages.add(child("stages." + i, stage(in, stage, i == 0 ? 1 : 2, precision)));
            in = stage.features();
        }
    }

    /** The features of every stage: (B, 3, H, W) → (B, C, H/4, W/4), (B, C′, H/8, W/8), … */
    List<Tensor> forward(Tensor pixels) {
        Tensor h = stem.rectified(pixels); // (B, stem, H/2, W/2)
        h = maxPool(h); // (B, stem, H/4, W/4)
        List<Tensor> features = new ArrayList<>();
        for (LayerStack<Bottleneck> stage : stages) {
            h = stage.forward(h, Bottleneck::forward);
            features.add(h);
        }
        return features;
    }

    private static LayerStack<Bottleneck> stage(int in, Stage stage, int stride, Precision precision) {
        return new LayerStack<>(
                stage.blocks(),
                i -> new Bottleneck(
                        i == 0 ? in : stage.features(),
                        stage.width(),
                        stage.features(),
                        i == 0 ? stride : 1,
                        precision));
    }
}
