package io.github.deqa4j.torch.model;

import io.github.deqa4j.torch.nn.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of the text before the image, in every layer of the decoder. Attention is causal, so that they are the same for
 * every image.
 */
public final class PromptPrefix implements AutoCloseable {
    private final int length;
    private final List<Layer> layers = new ArrayList<>();

    PromptPrefix(int length) {
        this.length = length;
    }

    /** Adds those of the next layer, and keeps copies. */
    void add(KeysValues layer) {
        layers.add(new Layer(Weight.kept(layer.keys()::clone), Weight.kept(layer.values()::clone)));
    }

    /** Tokens of the text. */
    int length() {
        return length;
    }

    /** Those of a layer, each (1, H, length, D). */
    KeysValues of(int layer) {
        Layer kept = layers.get(layer);
        return new KeysValues(kept.keys().tensor(), kept.values().tensor());
    }

    @Override
    public void close() {
        layers.forEach(layer -> {
            layer.keys().close();
            layer.values().close();
        });
    }

    private record Layer(Weight keys, Weight values) {}
}
