package io.github.deqa4j.torch.nn;

import io.github.deqa4j.DeqaException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Copies saved tensors into those of a running training. */
final class SavedState {
    private SavedState() {}

    /**
     * Copies every tensor to the one of its name.
     *
     * @param what whose state it is, for messages
     * @throws DeqaException if the names differ, or a shape
     */
    static void copy(Map<String, Weight> saved, Map<String, Weight> running, String what) {
        Set<String> different = new TreeSet<>(saved.keySet());
        different.addAll(running.keySet());
        different.removeIf(name -> saved.containsKey(name) && running.containsKey(name));
        if (!different.isEmpty()) {
            throw new DeqaException("the saved state of the " + what + " and the training differ in " + different.size()
                    + " tensors, such as " + different.iterator().next()
                    + "; go on with the model and the settings that it was saved with");
        }
        try (NativeScope scope = NativeScope.update()) {
            running.forEach((name, weight) -> copy(name, saved, weight, what));
        }
    }

    private static void copy(String name, Map<String, Weight> saved, Weight weight, String what) {
        Weight source = saved.get(name);
        if (source == null
                || !Arrays.equals(source.tensor().shape(), weight.tensor().shape())) {
            throw new DeqaException("the saved state of the " + what + " has another shape in " + name
                    + "; go on with the model that it was saved with");
        }
        weight.tensor().copy_(source.tensor());
    }
}
