package io.github.deqa4j.torch.loss;

import static io.github.deqa4j.torch.nn.Functional.stack;

import io.github.deqa4j.torch.nn.Tensors;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/** A loss as tensors: the total, from which gradients flow, and its parts. All are scalars. */
public final class Loss {
    private static final List<LossPart> ALL = List.of(LossPart.values());

    private final Map<LossPart, Tensor> parts;

    /** @param parts a scalar for each {@link LossPart} */
    Loss(Map<LossPart, Tensor> parts) {
        this.parts = new EnumMap<>(parts);
    }

    /** The total, for the backward pass. */
    public Tensor total() {
        return part(LossPart.TOTAL);
    }

    /** The numbers. All are copied from the device at once. */
    public LossParts parts() {
        Tensor[] scalars = ALL.stream().map(this::part).toArray(Tensor[]::new);
        float[] values = Tensors.toFloats(stack(scalars).detach());
        return LossParts.of(part -> values[ALL.indexOf(part)]);
    }

    private Tensor part(LossPart part) {
        return Objects.requireNonNull(parts.get(part));
    }
}
