package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.Weight;
import java.util.Arrays;
import java.util.Map;

/** Puts saved weights back into a network. */
final class SavedWeights {
    private SavedWeights() {}

    /**
     * Copies every weight to the parameter of its name, and closes it.
     *
     * @throws DeqaException if names or shapes differ
     */
    static void copy(Map<String, Weight> saved, Map<String, Parameter> learnt) {
        if (!saved.keySet().equals(learnt.keySet())) {
            throw new DeqaException("the checkpoint has " + saved.size() + " learnt weights and the network "
                    + learnt.size() + ", or their names differ; it is of another model");
        }
        try (NativeScope scope = NativeScope.update()) {
            learnt.forEach((name, parameter) -> copy(name, saved, parameter));
        }
        saved.values().forEach(Weight::close);
    }

    private static void copy(String name, Map<String, Weight> saved, Parameter parameter) {
        Weight weight = saved.get(name);
        if (weight == null || !Arrays.equals(weight.tensor().shape(), parameter.shape())) {
            throw new DeqaException("the checkpoint's weight " + name
                    + " has another shape than the network's; it is of another model");
        }
        parameter.value().copy_(weight.tensor());
    }
}
