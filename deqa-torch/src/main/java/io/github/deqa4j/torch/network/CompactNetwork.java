package io.github.deqa4j.torch.network;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.Span;
import io.github.deqa4j.image.prepare.NativeScaleView;
import io.github.deqa4j.image.prepare.ViewAxis;
import io.github.deqa4j.torch.compact.CompactModel;
import io.github.deqa4j.torch.nn.Stage;
import io.github.deqa4j.torch.nn.StageClock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** The small network. It gives the five logits itself, of an image and of windows of it. */
record CompactNetwork(CompactModel block, NativeScaleView view) implements LevelNetwork, WindowNetwork {
    /**
     * Side of a window in prepared pixels. A cell of the coarsest features is usually 16 pixels wide, so a window holds 64
     * cells, enough for a standard deviation. It is a quarter of the width of a usual image.
     */
    private static final int WINDOW = 128;

    @Override
    public Tensor logits(Tensor pixels, StageClock clock) {
        clock.enter(Stage.TRUNK);
        List<Tensor> features = block.features(pixels);
        clock.enter(Stage.HEAD);
        return whole(features).logits();
    }

    @Override
    public LevelAnswer answer(Tensor pixels) {
        return whole(block.features(pixels));
    }

    private LevelAnswer whole(List<Tensor> features) {
        Tensor statistics = block.statistics(features);
        return new LevelAnswer(block.logits(statistics), Optional.of(statistics));
    }

    /** {@inheritDoc} The weights in the precision of the convolutions. */
    @Override
    public LevelNetwork prepared() {
        block.prepare();
        return this;
    }

    @Override
    public Optional<WindowNetwork> windows() {
        return Optional.of(this);
    }

    @Override
    public WindowLogits logits(RgbImage image, Tensor pixels) {
        int cell = block.config().cell();
        WindowAxis rows = WindowAxis.of(view.rows(image), cell, WINDOW);
        WindowAxis columns = WindowAxis.of(view.columns(image), cell, WINDOW);
        List<Tensor> features = block.features(pixels);
        Tensor windows = block.local(features, rows.cells(), columns.cells());
        return new WindowLogits(whole(features), windows, rows.spans(), columns.spans());
    }

    /**
     * The windows along one side of an image.
     *
     * @param cells length of a window in cells of the coarsest features
     * @param spans the extent of each window in pixels of the image
     */
    record WindowAxis(int cells, List<Span> spans) {
        /** Copies the spans. */
        WindowAxis {
            spans = List.copyOf(spans);
        }

        /**
         * Windows that move by one cell. There is one window over the whole side if the side is shorter than a window, or if
         * mirror images continue it: the mirror images get no score of their own.
         *
         * @param cell side of a cell in prepared pixels
         * @param window side of a window in prepared pixels
         */
        static WindowAxis of(ViewAxis side, int cell, int window) {
            int all = (side.seen() + cell - 1) / cell;
            int cells = side.continued() ? all : Math.min(all, Math.max(1, window / cell));
            List<Span> spans = IntStream.rangeClosed(0, all - cells)
                    .mapToObj(first -> side.span(first * cell, (first + cells) * cell))
                    .toList();
            return new WindowAxis(cells, spans);
        }
    }

    @Override
    public <T> T choose(Function<PromptedNetwork, T> prompted, Function<LevelNetwork, T> compact) {
        return compact.apply(this);
    }
}
