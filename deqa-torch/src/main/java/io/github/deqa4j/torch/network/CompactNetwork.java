package io.github.deqa4j.torch.network;

import io.github.deqa4j.image.PictureView;
import io.github.deqa4j.torch.compact.CompactModel;
import org.bytedeco.pytorch.Tensor;

/** The small network, which gives the five logits itself. */
record CompactNetwork(CompactModel block, PictureView view) implements LevelNetwork {
    @Override
    public Tensor logits(Tensor pixels) {
        return block.forward(pixels);
    }
}
