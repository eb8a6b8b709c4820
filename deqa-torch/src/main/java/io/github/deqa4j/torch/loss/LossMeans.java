package io.github.deqa4j.torch.loss;

import static io.github.deqa4j.torch.nn.Functional.times;

import io.github.deqa4j.torch.nn.Tensors;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The means that a loss is made of, each over its own pairs, rows or tokens, and how many those are: so that a batch can be
 * computed in parts, by several processes, and still have the loss of the whole. Immutable.
 */
public final class LossMeans {
    /** What a mean is of. */
    public enum Part {
        /** Comparison; over pairs. */
        RANK,
        /** Comparison of an image with worse states of itself; over pairs. */
        LADDER,
        /** Next-token cross entropy of side A, or of single images; over tokens. */
        WORDS_A,
        /** The same of side B. */
        WORDS_B,
        /** Divergence from the soft labels of side A, or of single images; over rows. */
        LEVELS_A,
        /** The same of side B. */
        LEVELS_B,
        /** Probability outside the five levels of side A, or of single images; over rows. */
        ELSEWHERE_A,
        /** The same of side B. */
        ELSEWHERE_B,
        /** Next-token cross entropy of free text of side A, or of single images; over tokens. */
        TEXT_A,
        /** The same of side B. */
        TEXT_B
    }

    private static final List<Part> PARTS = List.of(Part.values());

    private final Map<Part, Mean> means;

    private LossMeans(Map<Part, Mean> means) {
        this.means = means;
    }

    /** A scalar in float32, and over how many it is the mean. */
    private record Mean(Tensor value, int count) {}

    /** Of nothing. */
    public static LossMeans none() {
        return new LossMeans(new EnumMap<>(Part.class));
    }

    /** These, and one more. */
    LossMeans with(Part part, Tensor mean, int count) {
        Map<Part, Mean> more = new EnumMap<>(means);
        more.put(part, new Mean(mean, count));
        return new LossMeans(more);
    }

    /** These and others, of other parts: scored images and descriptions. */
    public LossMeans plus(LossMeans others) {
        Map<Part, Mean> all = new EnumMap<>(means);
        all.putAll(others.means);
        return new LossMeans(all);
    }

    /** A mean; null where there is nothing it could be of. */
    @Nullable
    Tensor of(Part part) {
        Mean mean = means.get(part);
        return mean == null ? null : mean.value;
    }

    /** One of them, for its device. */
    Tensor any() {
        return means.values().iterator().next().value;
    }

    /**
     * The means over the whole batch, of which these are over one process's part. Their values are the same in every process;
     * through each flows the gradient of this part's share, so that the gradients' sum over the processes is that of the
     * whole batch.
     *
     * @param sum replaces numbers by their sums over the processes
     * @param device a tensor where the results are to be
     */
    public LossMeans joined(UnaryOperator<double[]> sum, Tensor device) {
        int parts = PARTS.size();
        double[] own = new double[2 * parts];
        for (int i = 0; i < parts; i++) {
            Mean mean = means.get(PARTS.get(i));
            own[i] = mean == null ? 0 : (double) Tensors.toFloats(mean.value.detach())[0] * mean.count;
            own[parts + i] = mean == null ? 0 : mean.count;
        }
        double[] all = sum.apply(own);
        Map<Part, Mean> joined = new EnumMap<>(Part.class);
        for (int i = 0; i < parts; i++) {
            int count = (int) all[parts + i];
            if (count > 0) {
                Tensor value = Tensors.scalar(all[i] / count, device);
                joined.put(PARTS.get(i), new Mean(joined(means.get(PARTS.get(i)), value, count), count));
            }
        }
        return new LossMeans(joined);
    }

    private static Tensor joined(@Nullable Mean own, Tensor value, int count) {
        if (own == null) {
            return value;
        }
        Tensor share = times(own.value, (double) own.count / count);
        return share.add(value.sub(share.detach()));
    }
}
