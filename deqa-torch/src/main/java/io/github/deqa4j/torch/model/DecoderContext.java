package io.github.deqa4j.torch.model;

import io.github.deqa4j.torch.nn.Rotary;
import org.jspecify.annotations.Nullable;

/**
 * What all layers of the decoder share in one pass.
 *
 * @param rotary the rotations of the pass's L positions
 * @param image the positions of the image among them
 * @param prefix what the layers computed of the text before them; null if they begin with the text
 */
record DecoderContext(
        Rotary rotary, ImageSpan image, @Nullable PromptPrefix prefix) {
    /** Keys and values of the text before the pass's positions, and then theirs. */
    KeysValues complete(int layer, KeysValues own) {
        return prefix == null ? own : own.after(prefix.of(layer));
    }
}
