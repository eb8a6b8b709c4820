package io.github.deqa4j.torch.nn;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** Functions of tensors, without weights. Letters in shapes: B batch, H heads, L length, D dimensions of a head. */
public final class Functional {
    private static final double QUICK_GELU = 1.702;
    private static final long HEADS_AT_ONCE = 2;
    private static final long FEW_QUERIES = 256;

    private Functional() {}

    /** x in the number format and on the device of a reference. */
    public static Tensor like(Tensor x, Tensor reference) {
        return x.to(reference.device(), reference.scalar_type());
    }

    /** Joins tensors along a dimension. */
    public static Tensor cat(long dim, Tensor... parts) {
        return torch.cat(new TensorVector(parts), dim);
    }

    /** Joins tensors of one shape along a new first dimension. */
    public static Tensor stack(Tensor... parts) {
        return torch.stack(new TensorVector(parts));
    }

    /** x + c. */
    public static Tensor plus(Tensor x, double c) {
        return x.add(new Scalar(c));
    }

    /** 1 − x. */
    public static Tensor oneMinus(Tensor x) {
        return plus(x.neg(), 1);
    }

    /** x·c. */
    public static Tensor times(Tensor x, double c) {
        return x.mul(new Scalar(c));
    }

    /** max(x, c). */
    public static Tensor atLeast(Tensor x, double c) {
        return x.clamp_min(new Scalar(c));
    }

    /** −mean(y·ln p + (1−y)·ln(1−p)), logarithms not below −100. */
    public static Tensor binaryCrossEntropy(Tensor p, Tensor y) {
        return torch.binary_cross_entropy(p, y);
    }

    /** QuickGELU, x·σ(1.702x), as CLIP has it. */
    public static Tensor quickGelu(Tensor x) {
        Tensor gate = times(x, QUICK_GELU).sigmoid();
        return Recomputation.recording() ? gate.mul(x) : gate.mul_(x);
    }

    /** silu(x)·y, where silu(x) = x·σ(x), as gated perceptrons have it. */
    public static Tensor siluGate(Tensor x, Tensor y) {
        Tensor gate = torch.silu(x);
        return Recomputation.recording() ? gate.mul(y) : gate.mul_(y);
    }

    /** Applies a function to one image of a batch after the other, so that what it computes stays in the caches: (B, …) → (B, …). */
    public static Tensor oneByOne(Tensor x, UnaryOperator<Tensor> function) {
        if (x.is_cuda() || x.size(0) == 1) {
            return function.apply(x);
        }
        Tensor[] results = new Tensor[Math.toIntExact(x.size(0))];
        for (int i = 0; i < results.length; i++) {
            Tensor one = x.narrow(0, i, 1);
            results[i] = NativeScope.keep(() -> function.apply(one));
        }
        return cat(0, results);
    }

    /**
     * softmax(q·kᵀ/√D)·v (Vaswani et al. 2017, equation 1). On the CPU always in float32: libtorch's bfloat16 kernel is
     * some 20 times slower there than casting.
     *
     * @param q (B, H, Lq, D)
     * @param k (B, H, Lk, D)
     * @param v (B, H, Lk, D)
     * @param causal whether a position sees only itself and those before it; the last query is at the last key
     * @return (B, H, Lq, D), in the number format of v
     */
    public static Tensor attention(Tensor q, Tensor k, Tensor v, boolean causal) {
        if (v.is_cuda()) {
            return scaledDotProduct(q, k, v, causal);
        }
        Tensor qs = q.to(ScalarType.Float);
        Tensor ks = k.to(ScalarType.Float);
        Tensor vs = v.to(ScalarType.Float);
        boolean byProducts = q.size(2) <= FEW_QUERIES && !Recomputation.recording();
        return (byProducts ? product(qs, ks, vs, causal) : scaledDotProduct(qs, ks, vs, causal)).to(v.scalar_type());
    }

    /** Attention by its two matrix products; for few queries, several times faster than libtorch's kernel. */
    private static Tensor product(Tensor q, Tensor k, Tensor v, boolean causal) {
        Tensor scores = scaled(q).matmul(k.transpose(2, 3)); // (B, H, Lq, Lk)
        return (causal && q.size(2) > 1 ? scores.add_(causalMask(q, k)) : scores)
                .softmax(-1)
                .matmul(v); // (B, H, Lq, D)
    }

    private static Tensor scaled(Tensor q) {
        return times(q, 1 / Math.sqrt((double) q.size(3)));
    }

    /** 0 where a query sees a key, −∞ elsewhere; the last query is at the last key: (Lq, Lk). */
    private static Tensor causalMask(Tensor q, Tensor k) {
        Tensor hidden = torch.full(new long[] {q.size(2), k.size(2)}, new Scalar(Double.NEGATIVE_INFINITY));
        return like(hidden.triu(k.size(2) - q.size(2) + 1), q);
    }

    /**
     * {@link #attention} of many positions to all others, with its two matrix products in bfloat16. On the CPU a few heads at a
     * time, so that their scores stay in the processor's caches: that takes half the time of float32. The mean of the keys is taken
     * off them, which changes no result (softmax ignores what all scores of a query have in common) and makes the rounding of the scores smaller.
     *
     * @param q (B, H, L, D)
     * @param k (B, H, L, D)
     * @param v (B, H, L, D)
     * @return (B, H, L, D), in the number format of v
     */
    public static Tensor halfAttention(Tensor q, Tensor k, Tensor v) {
        if (v.is_cuda() || Recomputation.recording() || !Engine.multipliesHalfFaster()) {
            return attention(q, k, v, false);
        }
        long heads = q.size(0) * q.size(1);
        Tensor qs = halfRows(scaled(q)); // (B·H, L, D)
        Tensor ks = halfRows(k.sub(mean(k, true, 2))).transpose(1, 2); // (B·H, D, L)
        Tensor vs = halfRows(v); // (B·H, L, D)
        Tensor y = torch.empty_like(vs);
        for (long start = 0; start < heads; start += HEADS_AT_ONCE) {
            long first = start;
            long count = Math.min(HEADS_AT_ONCE, heads - start);
            NativeScope.keep(() -> {
                Tensor scores = torch.bmm(qs.narrow(0, first, count), ks.narrow(0, first, count)); // (count, L, L)
                return y.narrow(0, first, count)
                        .copy_(torch.bmm(scores.softmax(-1), vs.narrow(0, first, count))); // (count, L, D)
            });
        }
        return y.view(v.shape()).to(v.scalar_type());
    }

    private static Tensor halfRows(Tensor x) { // (B, H, L, D) → (B·H, L, D)
        return x.to(ScalarType.BFloat16).flatten(0, 1).contiguous();
    }

    /** (B, L, H·D) → (B, H, L, D). */
    public static Tensor splitHeads(Tensor x, long heads) {
        long[] s = x.shape();
        return x.view(s[0], s[1], heads, s[2] / heads).transpose(1, 2);
    }

    /** (B, H, L, D) → (B, L, H·D). */
    public static Tensor joinHeads(Tensor x) {
        return x.transpose(1, 2).flatten(2, 3);
    }

    /** (B, H, L, D) → (B, H·times, L, D), each head repeated in place: keys and values shared by several queries. */
    public static Tensor repeatHeads(Tensor x, long times) {
        return times == 1 ? x : x.repeat_interleave(times, new LongOptional(1), new LongOptional());
    }

    /** max(x, 0). */
    public static Tensor relu(Tensor x) {
        return torch.relu(x);
    }

    /** The largest of each 3 × 3 neighborhood, every second one along both sides: (B, C, H, W) → (B, C, ⌈H/2⌉, ⌈W/2⌉). */
    public static Tensor maxPool(Tensor x) {
        return torch.max_pool2d(x, new long[] {3, 3}, new long[] {2, 2}, new long[] {1, 1}, new long[] {1, 1}, false);
    }

    /**
     * The mean over dimensions.
     *
     * @param keep whether the dimensions stay, with extent 1
     */
    public static Tensor mean(Tensor x, boolean keep, long... dims) {
        return x.mean(dims, keep, new ScalarTypeOptional());
    }

    /**
     * The means of windows that slide over an image: (B, C, H, W) → (B, C, h, w). Windows begin at every step as long as they do
     * not pass the lower and right edge by a whole step; one that passes it ends there.
     *
     * @param window height and width of a window
     * @param step vertical and horizontal distance from one window to the next
     */
    public static Tensor averagePool(Tensor x, long[] window, long[] step) {
        return torch.avg_pool2d(x, window, step, new long[] {0, 0}, true, false, new LongOptional());
    }

    static Tensor convolution(Tensor x, Tensor weight, Tensor bias, long stride, long padding) {
        return torch.conv2d(
                x,
                weight,
                new TensorOptional(bias),
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                1);
    }

    /** Non-overlapping patches through a linear map: (B, C, S, S) → (B, width, S/p, S/p). */
    static Tensor patches(Tensor pixels, Tensor weight, long patch) {
        long[] none = {0, 0};
        return torch.conv2d(
                pixels, weight, new TensorOptional(), new long[] {patch, patch}, none, new long[] {1, 1}, 1);
    }

    /**
     * x·Wᵀ + b over the last dimension. The product is taken of matrices: given a slice of a batch of one, whose first stride
     * is not the one that its size implies, libtorch misses oneDNN and is fifty times slower in bfloat16.
     */
    static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        long[] shape = x.shape();
        int last = shape.length - 1;
        Tensor y = torch.linear(x.reshape(-1, shape[last]), weight, optional(bias));
        shape[last] = weight.size(0);
        return y.reshape(shape);
    }

    static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double eps) {
        return torch.layer_norm(x, weight.shape(), optional(weight), optional(bias), eps, true);
    }

    static Tensor uniform(double bound, long seed, long... shape) {
        return torch.zeros(shape).uniform_(-bound, bound, new GeneratorOptional(torch.createCPUGenerator(seed)));
    }

    /** 1 with a probability, otherwise 0, in the shape, number format and place of a reference. */
    static Tensor bernoulli(Tensor reference, double probability, long seed) {
        if (!reference.is_cuda()) {
            return torch.empty_like(reference)
                    .bernoulli_(probability, new GeneratorOptional(torch.createCPUGenerator(seed)));
        }
        torch.manual_seed(seed); // a generator of one's own is only to be had for the CPU
        return torch.empty_like(reference).bernoulli_(probability, new GeneratorOptional());
    }

    /** X with A·X = B, of a symmetric positive definite A. */
    public static Tensor solve(Tensor a, Tensor b) {
        return torch.cholesky_solve(b, torch.linalg_cholesky(a));
    }

    static Tensor meanOfSquares(Tensor x) {
        return mean(x.mul(x), true, -1);
    }

    private static Tensor scaledDotProduct(Tensor q, Tensor k, Tensor v, boolean causal) {
        boolean usual = !causal
                || q.size(2) == 1
                || q.size(2) == k.size(2); // libtorch's own mask has the first query at the first key
        TensorOptional mask = usual ? new TensorOptional() : new TensorOptional(causalMask(q, k));
        return torch.scaled_dot_product_attention(
                q, k, v, mask, 0, causal && q.size(2) == k.size(2), new DoubleOptional(), false);
    }

    private static TensorOptional optional(@Nullable Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
    }
}
