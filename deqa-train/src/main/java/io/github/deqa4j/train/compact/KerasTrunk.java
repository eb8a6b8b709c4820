package io.github.deqa4j.train.compact;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.config.CompactConfig.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The first stages of a ResNet (v1) as tf.keras names them, batch normalization folded into the convolutions: {@code conv1},
 * then {@code conv2_block1}, …, {@code conv3_block1}, … It was trained on BGR samples from 0 to 255 with the mean subtracted;
 * the order of the inputs of the first convolution is reversed, so that it reads RGB.
 */
final class KerasTrunk {
    private final int stem;
    private final List<Stage> stages;
    private final Map<String, HeapTensor> weights;

    private KerasTrunk(int stem, List<Stage> stages, Map<String, HeapTensor> weights) {
        this.stem = stem;
        this.stages = List.copyOf(stages);
        this.weights = Collections.unmodifiableMap(weights);
    }

    /**
     * Reads a safetensors file.
     *
     * @throws DeqaException if it is missing or malformed, or a tensor is missing, impossible or without place
     */
    static KerasTrunk read(Path file) {
        HeapTensors tensors = new HeapTensors(file);
        Map<String, HeapTensor> weights = new TreeMap<>();
        add("stem", FoldedConvolution.read(tensors, "conv1", true), weights);
        List<Stage> stages = new ArrayList<>();
        for (int s = 0; tensors.has(kernel(s, 0)); s++) {
            int blocks = count(tensors, s);
            for (int b = 0; b < blocks; b++) {
                readBlock(tensors, s, b, weights);
            }
            stages.add(new Stage(Math.toIntExact(tensors.shape(kernel(s, 0), 4)[3]), blocks));
        }
        tensors.requireAllRead();
        return new KerasTrunk(Math.toIntExact(tensors.shape("conv1_conv/kernel", 4)[3]), stages, weights);
    }

    /** Features after the first convolution. */
    int stem() {
        return stem;
    }

    List<Stage> stages() {
        return stages;
    }

    /** By their names below the small network's trunk. */
    Map<String, HeapTensor> weights() {
        return weights;
    }

    private static void readBlock(HeapTensors tensors, int s, int b, Map<String, HeapTensor> weights) {
        String from = block(s, b);
        String to = "stages." + s + "." + b + ".";
        for (int i = 1; i <= 3; i++) {
            add(to + "conv" + i, FoldedConvolution.read(tensors, from + i, false), weights);
        }
        if (tensors.has(from + "0_conv/kernel")) {
            add(to + "shortcut", FoldedConvolution.read(tensors, from + "0", false), weights);
        }
    }

    private static void add(String name, Map<String, HeapTensor> convolution, Map<String, HeapTensor> weights) {
        convolution.forEach((kind, values) -> weights.put(name + "." + kind, values));
    }

    private static int count(HeapTensors tensors, int s) {
        return (int)
                IntStream.iterate(0, b -> tensors.has(kernel(s, b)), b -> b + 1).count();
    }

    private static String kernel(int s, int b) {
        return block(s, b) + "1_conv/kernel";
    }

    private static String block(int s, int b) {
        return "conv" + (s + 2) + "_block" + (b + 1) + "_";
    }
}
