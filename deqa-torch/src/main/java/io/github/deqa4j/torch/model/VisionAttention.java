package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.nn.Functional.attention;
import static io.github.deqa4j.torch.nn.Functional.halfAttention;
import static io.github.deqa4j.torch.nn.Functional.joinHeads;

import io.github.deqa4j.config.VisionConfig;
import io.github.deqa4j.torch.nn.Layer;
import io.github.deqa4j.torch.nn.Linear;
import org.bytedeco.pytorch.Tensor;

/** Multi-head self-attention. One matrix holds the three projections, in the order [head][query, key, value][dimension]. */
final class VisionAttention extends Layer {
    private final Linear queryKeyValue;
    private final Linear dense;
    private final long heads;

    VisionAttention(VisionConfig config) {
        queryKeyValue = child("query_key_value", Linear.withBias(config.width(), 3L * config.width()));
        dense = child("dense", Linear.withBias(config.width(), config.width()));
        heads = config.heads();
    }

    @Override
    public Tensor forward(Tensor x) { // (B, N, D)
        long[] s = x.shape();
        Tensor qkv = queryKeyValue
                .forward(x)
                .view(s[0], s[1], heads, 3, s[2] / heads)
                .permute(3, 0, 2, 1, 4); // (3, B, H, N, D/H)
        Tensor q = qkv.select(0, 0); // (B, H, N, D/H), as k and v
        Tensor k = qkv.select(0, 1);
        Tensor v = qkv.select(0, 2);
        Tensor y = queryKeyValue.reduced() ? halfAttention(q, k, v) : attention(q, k, v, false); // (B, H, N, D/H)
        return dense.forward(joinHeads(y)); // (B, N, D)
    }
}
