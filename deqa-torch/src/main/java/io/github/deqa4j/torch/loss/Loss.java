package io.github.deqa4j.torch.loss;

import io.github.deqa4j.torch.nn.Functional;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** A loss as the engine has it: a total to go backward from, and the parts that it is made of. All are scalars. */
public final class Loss {
    private final Tensor total;
    private final Tensor rank;
    private final Tensor nextToken;
    private final Tensor kl;
    private final Tensor inLevel;
    private final Tensor description;
    private final Tensor sideA;
    private final Tensor sideB;

    Loss(
            Tensor total,
            Tensor rank,
            Tensor nextToken,
            Tensor kl,
            Tensor inLevel,
            Tensor description,
            Tensor sideA,
            Tensor sideB) {
        this.total = total;
        this.rank = rank;
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

    /** The sum of two losses, part by part: of scored pairs and of descriptions. */
    public Loss plus(Loss other) {
        Tensor[] a = all();
        Tensor[] b = other.all();
        Tensor[] sum = new Tensor[a.length];
        Arrays.setAll(sum, i -> a[i].add(b[i]));
        return new Loss(sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6], sum[7]);
    }

    /** The numbers, read from the device at once. */
    public LossParts parts() {
        float[] p = Functional.toFloats(Functional.stack(all()).detach());
        return new LossParts(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]);
    }

    private Tensor[] all() {
        return new Tensor[] {total, rank, nextToken, kl, inLevel, description, sideA, sideB};
    }
}
