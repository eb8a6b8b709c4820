package io.github.deqa4j.torch.lora;

import static io.github.deqa4j.torch.nn.Functional.times;

import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.nn.Dropout;
import io.github.deqa4j.torch.nn.Layer;
import io.github.deqa4j.torch.nn.Linear;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Weight;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A linear layer with a low-rank update (Hu et al. 2021, equation 3): h = W·x + (α/r)·B·A·dropout(x). A and B are float32
 * also where W is in another format.
 */
public final class LoraLinear extends Layer {
    private final Linear base;
    private final Linear loraA; // (r, in)
    private final Linear loraB; // (out, r)
    private final Dropout dropout;
    private final double scale;

    private LoraLinear(Linear base, LoraSettings settings, RandomStream random) {
        long[] shape = weight(base).shape();
        this.base = wrap(base);
        loraA = child("lora_A", Linear.withoutBias(shape[1], settings.rank()));
        loraB = child("lora_B", Linear.withoutBias(settings.rank(), shape[0]));
        dropout = new Dropout(settings.dropout(), random);
        scale = settings.scale();
    }

    /**
     * Adds an update to a layer. It is zero at first: B is zero, and A is uniform within ±1/√in.
     *
     * @param random gives the seed of A and those of dropout
     */
    static LoraLinear over(Linear base, LoraSettings settings, RandomStream random, Device device) {
        LoraLinear layer = new LoraLinear(base, settings, random);
        Parameter a = weight(layer.loraA);
        Parameter b = weight(layer.loraB);
        double bound = 1 / Math.sqrt((double) a.shape()[1]); // kaiming-uniform with a = √5, as PEFT has it
        a.bind(Weight.uniform(bound, random.next(), a.shape()).to(Precision.FLOAT32, device));
        b.bind(Weight.uniform(0, 0, b.shape()).to(Precision.FLOAT32, device));
        return layer;
    }

    @Override
    public Tensor forward(Tensor x) { // (…, in) → (…, out)
        Tensor h = base.forward(x);
        Tensor update = loraB.forward(loraA.forward(dropout.forward(x.to(ScalarType.Float))));
        return h.add(times(update, scale).to(h.scalar_type()));
    }

    /** Adds the update to W, frees A and B, and returns the plain layer. */
    Linear merged() {
        Parameter weight = weight(base);
        boolean trained = weight.requiresGradient();
        weight.requireGradient(false);
        weight.bind(
                Weight.sum(weight.value(), weight(loraB).value(), weight(loraA).value(), scale));
        weight.requireGradient(trained);
        loraA.close();
        loraB.close();
        return base;
    }

    private static Parameter weight(Linear linear) {
        return Objects.requireNonNull(linear.namedParameters().get("weight"));
    }
}
