package io.github.deqa4j.torch.nn;

import io.github.deqa4j.DeqaException;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * AdamW (Loshchilov and Hutter 2019), step t with gradient g and learning rate η:
 * m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − ηλθ − η·(m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε), in the order of operations of
 * PyTorch's.
 *
 * <p>The state is the number of steps and the tensors of {@link #state}. Training that resumes from a saved state gives the same
 * bits as training without a break.
 */
public final class AdamW implements AutoCloseable {
    private static final String MEAN = "exp_avg.";
    private static final String SQUARE = "exp_avg_sq.";
    private static final String MASTER = "master.";

    private final NavigableMap<String, Parameter> parameters;
    private final AdamWSettings settings;
    private final NavigableMap<String, Weight> state = new TreeMap<>();
    private long steps;

    /**
     * An optimizer before its first step.
     *
     * @param parameters the parameters to train, by name: {@link Block#trainedParameters}
     */
    public AdamW(Map<String, Parameter> parameters, AdamWSettings settings) {
        this.parameters = new TreeMap<>(parameters);
        this.settings = settings;
        this.parameters.forEach((name, parameter) -> {
            Tensor value = parameter.value();
            state.put(MEAN + name, Weight.zerosLike(value));
            state.put(SQUARE + name, Weight.zerosLike(value));
            if (settings.masterWeights() && value.scalar_type().intern() != ScalarType.Float) {
                state.put(MASTER + name, Weight.copyOf(value));
            }
        });
    }

    /**
     * Changes the parameters by their gradients. A parameter without a gradient is not changed.
     *
     * @param learningRate η of a parameter by its name
     */
    public void step(ToDoubleFunction<String> learningRate) {
        steps++;
        try (NativeScope scope = NativeScope.update()) {
            parameters.forEach((name, parameter) -> {
                try (NativeScope one = NativeScope.training()) {
                    step(name, parameter, learningRate.applyAsDouble(name));
                }
            });
        }
    }

    /** The number of steps made. */
    public long steps() {
        return steps;
    }

    /**
     * The most exact value of a parameter: its float32 master weight if there is one, otherwise its own value. The caller must not
     * close it.
     *
     * @param name of a trained parameter
     */
    public Tensor original(String name) {
        Weight master = state.get(MASTER + name);
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return master == null ? parameter.value() : master.tensor();
    }

    /**
     * The tensors of the state, in float32: {@code exp_avg.NAME}, {@code exp_avg_sq.NAME} and, where there are master weights,
     * {@code master.NAME}. The caller must not close them.
     */
    public NavigableMap<String, Weight> state() {
        return Collections.unmodifiableNavigableMap(state);
    }

    /**
     * Restores a saved state, by copying it.
     *
     * @param doneSteps the saved {@link #steps}
     * @param saved the saved tensors of {@link #state}
     * @throws DeqaException if a tensor is missing, unknown, or of another shape
     */
    public void restore(long doneSteps, Map<String, Weight> saved) {
        Weight.copyAll(saved, state, "optimizer");
        steps = doneSteps;
    }

    @Override
    public void close() {
        state.values().forEach(Weight::close);
    }

    private void step(String name, Parameter parameter, double learningRate) {
        Tensor gradient = parameter.gradient();
        if (gradient == null) {
            return;
        }
        Tensor value = parameter.value();
        Weight master = state.get(MASTER + name);
        Tensor exact =
                master == null ? value.detach().to(ScalarType.Float) : master.tensor(); // the value itself, if float32
        if (value.dim() > 1) {
            exact.mul_(new Scalar(1 - learningRate * settings.weightDecay()));
        }
        change(exact, gradient.to(ScalarType.Float), name, learningRate);
        if (value.scalar_type().intern() != ScalarType.Float) {
            value.copy_(exact);
        }
    }

    private void change(Tensor value, Tensor gradient, String name, double learningRate) {
        Tensor mean = tensor(MEAN + name).lerp_(gradient, new Scalar(1 - settings.beta1()));
        Tensor square = tensor(SQUARE + name)
                .mul_(new Scalar(settings.beta2()))
                .addcmul_(gradient, gradient, new Scalar(1 - settings.beta2()));
        double meanShare = 1 - Math.pow(settings.beta1(), (double) steps);
        double squareShare = 1 - Math.pow(settings.beta2(), (double) steps);
        Tensor divisor = square.sqrt().div_(new Scalar(Math.sqrt(squareShare))).add_(new Scalar(settings.eps()));
        value.addcdiv_(mean, divisor, new Scalar(-learningRate / meanShare));
    }

    private Tensor tensor(String name) {
        Weight weight = state.get(name);
        if (weight == null) {
            throw new IllegalStateException("no optimizer state " + name);
        }
        return weight.tensor();
    }
}
