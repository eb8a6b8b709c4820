package io.github.deqa4j.torch.model;

import io.github.deqa4j.config.AbstractorConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Functional;
import io.github.deqa4j.torch.nn.Linear;
import io.github.deqa4j.torch.nn.Parameter;
import org.bytedeco.pytorch.Tensor;

/** Multi-head attention with fixed positions on queries and keys; values get none. */
final class AbstractorAttention extends Block {
    private final Parameter queryPositions; // (Q, D)
    private final Parameter keyPositions; // (N, D)
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final long heads;

    AbstractorAttention(AbstractorConfig config, int grid) {
        int width = config.width();
        queryPositions =
                buffer("q_pos_embed", () -> SinCosPositions.line(config.queries(), width), config.queries(), width);
        keyPositions = buffer("k_pos_embed", () -> SinCosPositions.square(grid, width), 1L + (long) grid * grid, width);
        query = child("query", Linear.withBias(width, width));
        key = child("key", Linear.withBias(width, width));
        value = child("value", Linear.withBias(width, width));
        heads = config.heads();
    }

    Tensor forward(Tensor q, Tensor kv) { // (B, Q, D), (B, Q+N, D)
        Tensor positions = Functional.cat(0, queryPositions.value(), keyPositions.value()); // (Q+N, D)
        Tensor qs = query.forward(q.add(queryPositions.value())); // (B, Q, D)
        Tensor ks = key.forward(kv.add(positions)); // (B, Q+N, D)
        Tensor vs = value.forward(kv); // (B, Q+N, D)
        Tensor y = Functional.attention(
                Functional.splitHeads(qs, heads),
                Functional.splitHeads(ks, heads),
                Functional.splitHeads(vs, heads),
                false); // (B, H, Q, D/H)
        return Functional.joinHeads(y); // (B, Q, D)
    }
}
