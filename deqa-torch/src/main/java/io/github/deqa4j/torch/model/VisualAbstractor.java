package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.nn.Functional.cat;

import io.github.deqa4j.config.AbstractorConfig;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Linear;
import io.github.deqa4j.torch.nn.Parameter;
import org.bytedeco.pytorch.Tensor;

/** The visual abstractor of mPLUG-Owl2 (Ye et al. 2023): learned queries attend to the image and become visual tokens. */
public final class VisualAbstractor extends Block {
    private final Parameter queryEmbeds; // (1, Q, D)
    private final AbstractorEncoder encoder;
    private final Linear visualFc;
    private final Parameter vitEos; // (1, 1, W)

    VisualAbstractor(ModelConfig config) {
        AbstractorConfig abstractor = config.abstractor();
        long words = config.decoder().width();
        queryEmbeds = parameter("query_embeds", 1, abstractor.queries(), abstractor.width());
        encoder = child(
                "encoder", new AbstractorEncoder(abstractor, config.vision().grid()));
        visualFc = child("visual_fc", Linear.withBias(abstractor.width(), words));
        vitEos = parameter("vit_eos", 1, 1, words);
    }

    /** Visual tokens of images: (B, N, D) → (B, Q+1, W), W the width of the decoder; the last one is learned. */
    public Tensor forward(Tensor image) {
        long batch = image.size(0);
        Tensor h = queryEmbeds.value().expand(batch, -1, -1); // (B, Q, D)
        h = encoder.forward(h, image);
        h = visualFc.forward(h); // (B, Q, W)
        return cat(1, h, vitEos.value().expand(batch, -1, -1)); // (B, Q+1, W)
    }
}
