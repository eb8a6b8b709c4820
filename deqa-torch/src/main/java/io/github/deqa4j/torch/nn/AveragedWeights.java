package io.github.deqa4j.torch.nn;

import io.github.deqa4j.DeqaException;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * An exponential moving average of trained weights, in float32: θ̄ ← θ̄ + (1−d)(θ − θ̄) after each step, from θ̄ = θ at the
 * start (Polyak and Juditsky 1992, with forgetting). Where an optimizer keeps float32 master weights, θ are these:
 * rounded weights lose steps that are smaller than their last digit.
 */
public final class AveragedWeights implements AutoCloseable {
    private final NavigableMap<String, Parameter> parameters;
    private final Function<String, Tensor> originals;
    private final NavigableMap<String, Weight> averages = new TreeMap<>();
    private final double decay;

    /**
     * An average that starts at the current weights.
     *
     * @param parameters the trained parameters, by name
     * @param originals θ of a parameter, by its name: {@link AdamW#original}
     * @param decay d, in (0, 1): 0.999 averages over some 1,000 steps
     * @throws DeqaException if the decay is outside
     */
    public AveragedWeights(Map<String, Parameter> parameters, Function<String, Tensor> originals, double decay) {
        if (!(decay > 0 && decay < 1)) {
            throw new DeqaException("the decay of averaged weights is " + decay + "; it must lie between 0 and 1");
        }
        this.parameters = new TreeMap<>(parameters);
        this.originals = originals;
        this.decay = decay;
        this.parameters.keySet().forEach(name -> averages.put(name, Weight.copyOf(originals.apply(name))));
    }

    /** Updates the average with the current weights. */
    public void update() {
        try (NativeScope scope = NativeScope.update()) {
            averages.forEach((name, average) -> {
                try (NativeScope one = NativeScope.training()) {
                    Tensor original = originals.apply(name).detach().to(ScalarType.Float);
                    average.tensor().lerp_(original, new Scalar(1 - decay));
                }
            });
        }
    }

    /** Runs a computation with the averages as the weights of the network, and restores the weights. */
    public <T> T during(Supplier<T> computation) {
        NavigableMap<String, Weight> kept = new TreeMap<>();
        averages.forEach((name, average) -> kept.put(name, Weight.copyOf(value(name))));
        try {
            setWeights(averages);
            return computation.get();
        } finally {
            setWeights(kept); // float32 holds every value of a shorter format
            kept.values().forEach(Weight::close);
        }
    }

    /** The averages, by the names of the parameters. The caller must not close them. */
    public NavigableMap<String, Weight> state() {
        return Collections.unmodifiableNavigableMap(averages);
    }

    /**
     * Restores saved averages, by copying them.
     *
     * @throws DeqaException if a tensor is missing, unknown, or of another shape
     */
    public void restore(Map<String, Weight> saved) {
        Weight.copyAll(saved, averages, "averaged weights");
    }

    @Override
    public void close() {
        averages.values().forEach(Weight::close);
    }

    private void setWeights(Map<String, Weight> weights) {
        try (NativeScope scope = NativeScope.update()) {
            weights.forEach((name, weight) -> value(name).copy_(weight.tensor()));
        }
    }

    private Tensor value(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalStateException("no parameter " + name);
        }
        return parameter.value().detach();
    }
}
