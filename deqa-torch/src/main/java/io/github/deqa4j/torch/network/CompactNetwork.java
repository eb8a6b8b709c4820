package io.github.deqa4j.torch.network;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.prepare.NativeScaleView;
import io.github.deqa4j.torch.compact.CompactModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** The small network, which gives the five logits itself, of an image as of its parts. */
record CompactNetwork(CompactModel block, NativeScaleView view) implements LevelNetwork, LocalNetwork {
    /**
     * Side of a window in pixels as seen: at the usual 16 pixels for a cell it holds 64 of the coarsest features, enough for a
     * spread that means something, and is a quarter of a usual image's width, small enough to tell places apart.
     */
    private static final int WINDOW = 128;

    @Override
    public Tensor logits(Tensor pixels) {
        return block.forward(pixels);
    }

    @Override
    public Optional<LocalNetwork> local() {
        return Optional.of(this);
    }

    @Override
    public Windows windows(RgbImage image) {
        int cell = block.config().cell();
        return new Windows(
                Windows.Side.of(view.rows(image), cell, WINDOW), Windows.Side.of(view.columns(image), cell, WINDOW));
    }

    @Override
    public LocalLogits logits(Tensor pixels, Windows windows) {
        List<Tensor> features = block.features(pixels);
        Tensor places =
                block.local(features, windows.rows().cells(), windows.columns().cells());
        return new LocalLogits(block.whole(features), places);
    }

    @Override
    public <T> T choose(Function<PromptedNetwork, T> prompted, Function<LevelNetwork, T> compact) {
        return compact.apply(this);
    }
}
