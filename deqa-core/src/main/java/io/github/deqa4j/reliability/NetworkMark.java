package io.github.deqa4j.reliability;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.checkpoint.TensorSource;
import java.util.Arrays;
import java.util.Map;

/**
 * Which small network a file is about: the biases of the last layer of its head. They are not the same after any two trainings, and are
 * compared without reading all weights.
 */
public final class NetworkMark {
    private static final String BIASES = "head.fc2.bias";
    private static final String MARK = "network." + BIASES;

    private final float[] biases;

    /** A mark of these biases, which are copied. */
    public NetworkMark(float... biases) {
        this.biases = biases.clone();
    }

    /**
     * The mark of a network.
     *
     * @param name what messages call the network
     * @throws DeqaException if its head has no such biases
     */
    public static NetworkMark of(String name, Checkpoint weights) {
        TensorEntry entry = weights.tensors().get(BIASES);
        if (entry == null) {
            throw new DeqaException(name + ": the tensor " + BIASES + " is missing, so this is no small network");
        }
        return new NetworkMark(entry.toFloats());
    }

    /** The mark as a tensor, which is written. */
    Map<String, TensorSource> tensors() {
        return Map.of(MARK, TensorSource.of(biases, biases.length));
    }

    /** @throws DeqaException if a file is about another network */
    void requireIn(ReliabilityTensors tensors) {
        tensors.require(
                Arrays.equals(tensors.read(MARK, biases.length), biases),
                MARK,
                "has other numbers than " + BIASES + " of the weights beside the file, so it is about another network;"
                        + " make it for these weights, or remove it");
    }
}
