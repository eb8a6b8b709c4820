package io.github.deqa4j.torch.loss;

import static io.github.deqa4j.torch.nn.Functional.like;

import io.github.deqa4j.score.Level;
import io.github.deqa4j.torch.nn.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The predicted probabilities of the five levels for B images. All tensors are (B, 5), excellent to bad, in float32.
 *
 * @param logOpen logarithms of the probabilities in the softmax over the whole vocabulary
 * @param open those probabilities; they sum to less than one
 * @param closed probabilities of the softmax over the five alone, as a scorer gives them
 */
public record LevelPrediction(Tensor logOpen, Tensor open, Tensor closed) {

    /**
     * Reads the five levels.
     *
     * @param logits (B, V) at the position that the level word follows
     * @param levels token ids of the five levels, excellent to bad
     */
    public static LevelPrediction of(Tensor logits, int[] levels) {
        Tensor z = logits.to(ScalarType.Float);
        Tensor index = Tensors.indices(levels, logits);
        Tensor logOpen = z.log_softmax(1).index_select(1, index);
        return new LevelPrediction(
                logOpen, logOpen.exp(), z.index_select(1, index).softmax(1));
    }

    /** The predictions for some images, by their indices in the batch. */
    LevelPrediction of(int[] images) {
        Tensor index = Tensors.indices(images, open);
        return new LevelPrediction(
                logOpen.index_select(0, index), open.index_select(0, index), closed.index_select(0, index));
    }

    /** The score μ = Σ pᵢ·vᵢ of each image, (B); in [1, 5] for the closed set, in [0, 5] for the open one. */
    public Tensor score(boolean closedSet) {
        Tensor p = closedSet ? closed : open;
        return p.matmul(values(p)); // (B)
    }

    /** The variance σ² = Σ pᵢ·(vᵢ − μ)² of each image, (B). */
    public Tensor variance(boolean closedSet) {
        Tensor p = closedSet ? closed : open;
        Tensor deviation = values(p).sub(score(closedSet).unsqueeze(1)); // (B, 5)
        return p.mul(deviation).mul(deviation).sum(1);
    }

    private static Tensor values(Tensor p) {
        float[] values = new float[Level.ALL.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Level.ALL.get(i).value();
        }
        return like(Tensors.of(values, values.length), p);
    }
}
