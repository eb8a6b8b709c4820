package io.github.deqa4j.torch.model;

import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Layer;
import io.github.deqa4j.torch.nn.LayerStack;
import io.github.deqa4j.torch.nn.Slot;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** A layer with weights of its own for text and for visual positions (mPLUG-Owl2, section 3.2). */
final class Multiway extends Block {
    private static final int TEXT = 0;
    private static final int VISUAL = 1;

    private final LayerStack<Slot> ways;

    Multiway(Supplier<Layer> way) {
        ways = child("multiway", new LayerStack<>(2, i -> new Slot(way.get())));
    }

    Tensor forward(Tensor x, ImageSpan image) { // (B, L, …)
        if (image.isEmpty()) {
            return ways.get(TEXT).forward(x);
        }
        if (image.covers(x.size(1))) {
            return ways.get(VISUAL).forward(x);
        }
        return image.join(
                ways.get(TEXT).forward(image.text(x)), ways.get(VISUAL).forward(image.visual(x)));
    }
}
