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
 * <p>Its whole state is the number of steps and the tensors of {@link #state}; put back, training goes on bit for bit.
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
     * An optimizer at its start.
     *
     * @param parameters what is learnt, by name: {@link Block#learntParameters}
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
     * Changes the parameters by their gradients; one without a gradient stays as it is.
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

    /** How many steps have been made. */
    public long steps() {
        return steps;
    }

    /**
     * A parameter as exactly as it is known: its float32 original, where there is one, otherwise its own value. It stays the
     * optimizer's or the parameter's.
     *
     * @param name of a learnt parameter
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
     * The tensors that are carried from step to step, float32: {@code exp_avg.NAME}, {@code exp_avg_sq.NAME} and, where there
     * are master weights, {@code master.NAME}. They stay the optimizer's.
     */
    public NavigableMap<String, Weight> state() {
        return Collections.unmodifiableNavigableMap(state);
    }

    /**
     * Puts a state back, by copying it.
     *
     * @param doneSteps {@link #steps} then
     * @param saved the tensors of {@link #state} then
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
