package io.github.deqa4j.torch.loss;

import io.github.deqa4j.torch.nn.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Next-token cross entropy: L_ce = −(1/N) Σₙ ln softmax(zₙ)[yₙ] over the N tokens of all answers of one side of a batch
 * (DeQA-Score, section 3.3). The loss of free-text descriptions is the same.
 */
public final class NextTokenLoss {
    private NextTokenLoss() {}

    /**
     * The loss, a scalar in float32.
     *
     * @param logits z, (N, V), at the position before each token
     * @param tokens y, the N token ids that follow
     */
    public static Tensor of(Tensor logits, int[] tokens) {
        Tensor logP = logits.to(ScalarType.Float).log_softmax(1); // (N, V)
        Tensor y = Tensors.column(tokens, logits); // (N, 1)
        return logP.gather(1, y).mean().neg();
    }
}
