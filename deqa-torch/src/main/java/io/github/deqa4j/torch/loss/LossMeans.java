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
 * The means that a loss is made of, each with the number of pairs, rows or tokens that it is over. Several processes can thus
 * compute parts of a batch and still get the loss of the whole batch. Immutable.
 */
public final class LossMeans {
    /** The means. Side A is also that of single images. */
    public enum Part {
        /** {@link LossPart#RANK}, over pairs. */
        RANK,
        /** {@link LossPart#LADDER}, over pairs. */
        LADDER,
        /** {@link LossPart#NEXT_TOKEN} of side A, over tokens. */
        NEXT_TOKEN_A,
        /** The same of side B. */
        NEXT_TOKEN_B,
        /** {@link LossPart#KL} of side A, over rows. */
        KL_A,
        /** The same of side B. */
        KL_B,
        /** Probability outside the five levels of side A, over rows; {@link InLevelLoss} follows from it. */
        OUTSIDE_MASS_A,
        /** The same of side B. */
        OUTSIDE_MASS_B,
        /** {@link LossPart#DESCRIPTION} of side A, over tokens. */
        DESCRIPTION_A,
        /** The same of side B. */
        DESCRIPTION_B
    }

    private static final List<Part> PARTS = List.of(Part.values());

    private final Map<Part, Mean> means;

    private LossMeans(Map<Part, Mean> means) {
        this.means = means;
    }

    /** A scalar in float32, and the number of pairs, rows or tokens that it is over. */
    private record Mean(Tensor value, int count) {}

    /** No means. */
    public static LossMeans none() {
        return new LossMeans(new EnumMap<>(Part.class));
    }

    /** These means and one more. */
    LossMeans with(Part part, Tensor mean, int count) {
        Map<Part, Mean> more = new EnumMap<>(means);
        more.put(part, new Mean(mean, count));
        return new LossMeans(more);
    }

    /** These means and others, which are of other parts. */
    public LossMeans plus(LossMeans others) {
        Map<Part, Mean> all = new EnumMap<>(means);
        all.putAll(others.means);
        return new LossMeans(all);
    }

    /** A mean, or another tensor if there is no such mean. */
    Tensor of(Part part, Tensor otherwise) {
        Mean mean = means.get(part);
        return mean == null ? otherwise : mean.value;
    }

    boolean has(Part part) {
        return means.containsKey(part);
    }

    /** One of the means, for its device. */
    Tensor any() {
        return means.values().iterator().next().value;
    }

    /**
     * The means over the whole batch, where these means are over the part of one process. Their values are the same in every
     * process. Their gradients are those of this part's share of the mean, so that the gradients, summed over the processes, are
     * those of the whole batch.
     *
     * @param sum replaces numbers by their sums over the processes
     * @param device a tensor on the device for the results
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
