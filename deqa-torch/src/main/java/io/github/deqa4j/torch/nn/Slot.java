package io.github.deqa4j.torch.nn;

import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** Holds a layer that can be swapped for another one after the network is built. It adds nothing to the names of parameters. */
public final class Slot extends Layer {
    private Layer layer;

    public Slot(Layer layer) {
        this.layer = layer;
    }

    /** The current layer. */
    public Layer layer() {
        return layer;
    }

    /** Replaces the current layer, which is not closed. */
    public void swap(UnaryOperator<Layer> successor) {
        layer = successor.apply(layer);
    }

    @Override
    public Tensor forward(Tensor x) {
        return layer.forward(x);
    }

    @Override
    void visit(String prefix, BiConsumer<String, Block> visitor) {
        visitor.accept(prefix, this);
        layer.visit(prefix, visitor);
    }
}
