package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.nn.Functional.attention;
import static io.github.deqa4j.torch.nn.Functional.cat;
import static io.github.deqa4j.torch.nn.Functional.joinHeads;
import static io.github.deqa4j.torch.nn.Functional.splitHeads;

import io.github.deqa4j.config.AbstractorConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Linear;
import io.github.deqa4j.torch.nn.Parameter;
import org.bytedeco.pytorch.Tensor;

/** Multi-head attention. Fixed position embeddings are added to queries and keys, but not to values. */
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
        Tensor positions = cat(0, queryPositions.value(), keyPositions.value()); // (Q+N, D)
        Tensor qs = query.forward(q.add(queryPositions.value())); // (B, Q, D)
        Tensor ks = key.forward(kv.add(positions)); // (B, Q+N, D)
        Tensor vs = value.forward(kv); // (B, Q+N, D)
        Tensor y =
                attention(splitHeads(qs, heads), splitHeads(ks, heads), splitHeads(vs, heads), false); // (B, H, Q, D/H)
        return joinHeads(y); // (B, Q, D)
    }
}
