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
    private final int layer;

    DecoderAttention(DecoderConfig config, int layer) {
        long width = config.width();
        long keyValueWidth = (long) config.keyValueHeads() * config.headWidth();
        qProj = child("q_proj", new Slot(Linear.withoutBias(width, width)));
        kProj = child("k_proj", new Multiway(() -> Linear.withoutBias(width, keyValueWidth)));
        vProj = child("v_proj", new Multiway(() -> Linear.withoutBias(width, keyValueWidth)));
        oProj = child("o_proj", new Slot(Linear.withoutBias(width, width)));
        heads = config.heads();
        keyValueHeads = config.keyValueHeads();
        this.layer = layer;
    }

    Tensor forward(Tensor x, DecoderContext context) { // (B, L, W)
        return attend(x, context.rotary(), context.complete(layer, keysValues(x, context))); // (B, L, W)
    }

    /** The last position of {@link #forward}, which attends to all others: (B, L, W) → (B, 1, W). */
    Tensor last(Tensor x, DecoderContext context) {
        KeysValues all = context.complete(layer, keysValues(x, context));
        return attend(x.narrow(1, x.size(1) - 1, 1), context.rotary().last(), all);
    }

    /** Keys and values of the pass's own positions: (B, L, W) → (B, Hkv, L, D) each. */
    KeysValues keysValues(Tensor x, DecoderContext context) {
        Tensor k = splitHeads(kProj.forward(x, context.image()), keyValueHeads); // (B, Hkv, L, D)
        Tensor v = splitHeads(vProj.forward(x, context.image()), keyValueHeads); // (B, Hkv, L, D)
        return new KeysValues(context.rotary().turn(k), v);
    }

    private Tensor attend(Tensor x, Rotary rotary, KeysValues all) { // (B, Lq, W), the last Lq of all positions
        long sharing = heads / keyValueHeads;
        Tensor q = rotary.turn(splitHeads(qProj.forward(x), heads)); // (B, H, Lq, D)
        Tensor k = repeatHeads(all.keys(), sharing); // (B, H, L, D)
        Tensor v = repeatHeads(all.values(), sharing); // (B, H, L, D)
        return oProj.forward(joinHeads(attention(q, k, v, true))); // (B, Lq, W)
    }
}
