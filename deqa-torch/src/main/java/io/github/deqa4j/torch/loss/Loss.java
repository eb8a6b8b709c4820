package io.github.deqa4j.torch.loss;

import static io.github.deqa4j.torch.nn.Functional.stack;

import io.github.deqa4j.torch.nn.Tensors;
import org.bytedeco.pytorch.Tensor;

/** A loss as the engine has it: a total to go backward from, and the parts that it is made of. All are scalars. */
public final class Loss {
    private final Tensor total;
    private final Tensor rank;
    private final Tensor ladder;
    private final Tensor nextToken;
    private final Tensor kl;
    private final Tensor inLevel;
    private final Tensor description;
    private final Tensor sideA;
    private final Tensor sideB;

    Loss(
            Tensor total,
            Tensor rank,
            Tensor ladder,
            Tensor nextToken,
            Tensor kl,
            Tensor inLevel,
            Tensor description,
            Tensor sideA,
            Tensor sideB) {
        this.total = total;
        this.rank = rank;
        this.ladder = ladder;
        this.nextToken = nextToken;
        this.kl = kl;
        this.inLevel = inLevel;
        this.description = description;
        this.sideA = sideA;
        this.sideB = sideB;
    }

    /** What to go backward from. */
    public Tensor total() {
        return total;
    }

    /** The numbers, read from the device at once. */
    public LossParts parts() {
        float[] p = Tensors.toFloats(stack(total, rank, ladder, nextToken, kl, inLevel, description, sideA, sideB)
                .detach());
        return new LossParts(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8]);
    }
}
