package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.nn.Functional.attention;
import static io.github.deqa4j.torch.nn.Functional.joinHeads;
import static io.github.deqa4j.torch.nn.Functional.repeatHeads;
import static io.github.deqa4j.torch.nn.Functional.splitHeads;

import io.github.deqa4j.config.DecoderConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Linear;
import io.github.deqa4j.torch.nn.Rotary;
import io.github.deqa4j.torch.nn.Slot;
import org.bytedeco.pytorch.Tensor;

/** Causal self-attention with rotary positions. Text and visual positions have projections of their own for keys and values. */
final class DecoderAttention extends Block {
    private final Slot qProj;
    private final Multiway kProj;
    private final Multiway vProj;
    private final Slot oProj;
    private final long heads;
    private final long keyValueHeads;

    DecoderAttention(DecoderConfig config) {
        long width = config.width();
        long keyValueWidth = (long) config.keyValueHeads() * config.headWidth();
        qProj = child("q_proj", new Slot(Linear.withoutBias(width, width)));
        kProj = child("k_proj", new Multiway(() -> Linear.withoutBias(width, keyValueWidth)));
        vProj = child("v_proj", new Multiway(() -> Linear.withoutBias(width, keyValueWidth)));
        oProj = child("o_proj", new Slot(Linear.withoutBias(width, width)));
        heads = config.heads();
        keyValueHeads = config.keyValueHeads();
    }

    Tensor forward(Tensor x, DecoderContext context) { // (B, L, W)
        Rotary rotary = context.rotary();
        ImageSpan image = context.image();
        long sharing = heads / keyValueHeads;
        Tensor q = rotary.turn(splitHeads(qProj.forward(x), heads)); // (B, H, L, D)
        Tensor k = rotary.turn(splitHeads(kProj.forward(x, image), keyValueHeads)); // (B, Hkv, L, D)
        Tensor v = splitHeads(vProj.forward(x, image), keyValueHeads); // (B, Hkv, L, D)
        Tensor y = attention(q, repeatHeads(k, sharing), repeatHeads(v, sharing), true); // (B, H, L, D)
        return oProj.forward(joinHeads(y)); // (B, L, W)
    }
}
