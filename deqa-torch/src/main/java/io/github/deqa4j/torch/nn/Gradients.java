package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.like;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The gradients of trained parameters, which {@link #backward} adds to. */
public final class Gradients {
    private static final double EPS = 1e-6; // as torch.nn.utils.clip_grad_norm_ has it
    private static final long PIECE = 1 << 24; // elements: 64 MiB, large enough to be sent at full speed

    private final NavigableMap<String, Parameter> parameters;

    /**
     * The gradients of parameters.
     *
     * @param parameters by name: {@link Block#trainedParameters}
     */
    public Gradients(Map<String, Parameter> parameters) {
        this.parameters = new TreeMap<>(parameters);
    }

    /** Adds the gradients of a scalar to those of every trained parameter that it was computed from. */
    public static void backward(Tensor total) {
        total.backward();
    }

    static void backward(Tensor output, Tensor gradient) {
        output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
    }

    /** Removes all gradients. */
    public void clear() {
        parameters.values().forEach(Parameter::clearGradient);
    }

    /** Multiplies all gradients by a factor. */
    public void scale(double factor) {
        try (NativeScope scope = NativeScope.update()) {
            multiply(new Scalar(factor));
        }
    }

    /** The Euclidean norm of each gradient, by the name of the parameter; 0 if there is no gradient. */
    public NavigableMap<String, Double> norms() {
        NavigableMap<String, Double> norms = new TreeMap<>();
        try (NativeScope scope = NativeScope.update()) {
            if (!parameters.isEmpty()) {
                float[] values = Tensors.toFloats(normTensor());
                int i = 0;
                for (String name : parameters.keySet()) {
                    norms.put(name, (double) values[i++]);
                }
            }
        }
        return norms;
    }

    /** The Euclidean norm of all gradients together; not finite if one of them is not. */
    public double norm() {
        return Math.sqrt(
                norms().values().stream().mapToDouble(norm -> norm * norm).sum());
    }

    /**
     * Clips the norm of all gradients together: multiplies them by min(1, most/(norm + 1e-6)).
     *
     * @param most the largest norm allowed, above 0
     * @return the norm before
     */
    public double clip(double most) {
        double norm = norm();
        double factor = most / (norm + EPS);
        if (factor < 1) {
            scale(factor);
        }
        return norm;
    }

    /**
     * All-reduces the gradients over a process group, in float32. Gradients are joined to vectors of up to some 64 MiB for that.
     *
     * @param counts returns the sums over the processes of numbers, one for each parameter
     * @param sum replaces a vector by its sum over the processes
     */
    public void exchange(UnaryOperator<double[]> counts, Consumer<Tensor> sum) {
        try (NativeScope scope = NativeScope.update()) {
            completeWhereOthersHaveOne(counts);
            List<Tensor> piece = new ArrayList<>();
            long elements = 0;
            for (Parameter parameter : parameters.values()) {
                Tensor gradient = parameter.gradient();
                if (gradient != null) {
                    piece.add(gradient);
                    elements += gradient.numel();
                }
                if (elements >= PIECE) {
                    exchange(piece, sum);
                    elements = 0;
                }
            }
            exchange(piece, sum);
        }
    }

    private void completeWhereOthersHaveOne(UnaryOperator<double[]> counts) {
        List<Parameter> all = List.copyOf(parameters.values());
        double[] present = counts.apply(all.stream()
                .mapToDouble(parameter -> parameter.gradient() == null ? 0 : 1)
                .toArray());
        for (int i = 0; i < present.length; i++) {
            if (present[i] > 0) {
                all.get(i).completeGradient();
            }
        }
    }

    private static void exchange(List<Tensor> piece, Consumer<Tensor> sum) {
        if (piece.isEmpty()) {
            return;
        }
        try (NativeScope scope = NativeScope.update()) {
            Tensor flat = torch.cat(new TensorVector(piece.stream()
                    .map(gradient -> gradient.flatten().to(ScalarType.Float))
                    .toArray(Tensor[]::new)));
            sum.accept(flat);
            long start = 0;
            for (Tensor gradient : piece) {
                long count = gradient.numel();
                gradient.copy_(flat.narrow(0, start, count).view(gradient.shape()));
                start += count;
            }
        }
        piece.clear();
    }

    private Tensor normTensor() {
        Tensor[] norms = parameters.values().stream().map(Gradients::norm).toArray(Tensor[]::new);
        return torch.stack(new TensorVector(norms));
    }

    private static Tensor norm(Parameter parameter) {
        Tensor gradient = parameter.gradient();
        return gradient == null
                ? like(Tensors.of(new float[1]), parameter.value()).to(ScalarType.Float)
                : gradient.to(ScalarType.Float).norm();
    }

    private void multiply(Scalar factor) {
        for (Parameter parameter : parameters.values()) {
            Tensor gradient = parameter.gradient();
            if (gradient != null) {
                gradient.mul_(factor);
            }
        }
    }
}
