package io.github.deqa4j.train.compact;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.config.ColorNormalization;
import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.config.ImageLimits;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.file.OutputFolder;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.compact.CompactModel;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.nn.RandomStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the small network before training: a pretrained trunk and a random head. */
public final class CompactStart {
    private static final String TRUNK = CompactModel.TRUNK + ".";
    private static final int HIDDEN = 256;
    private static final double DROPOUT = 0.3;

    /** A usual size of images, near the 500 × 500 pixels of the photographs that people rated. */
    private static final ImageLimits IMAGES = new ImageLimits(512 * 512, 32);

    /** The normalization of the trunk's training: red, green and blue minus their means, on the scale from 0 to 255. */
    private static final ColorNormalization COLORS = new ColorNormalization(
            List.of(123.68 / 255, 116.779 / 255, 103.939 / 255), List.of(1 / 255.0, 1 / 255.0, 1 / 255.0));

    private CompactStart() {}

    /**
     * Writes a checkpoint, whole or not at all: {@code config.json} and {@code model.safetensors} in float32.
     *
     * @param trunk safetensors file with the first stages of a ResNet (v1), as tf.keras names them
     * @param directory the output; it does not exist or is empty
     * @param seed of the head: the same seed gives the same bytes
     * @throws DeqaException if the trunk cannot be read or is none, or the directory cannot be written
     */
    public static void write(Path trunk, Path directory, long seed) {
        OutputFolder.requireNew(directory);
        KerasTrunk read = KerasTrunk.read(trunk);
        if (read.stages().isEmpty()) {
            throw new DeqaException(trunk + ": there is no stage in this trunk; it must have conv2_block1 at least");
        }
        CompactConfig config = new CompactConfig(read.stem(), read.stages(), HIDDEN, DROPOUT, IMAGES, COLORS);
        Map<String, TensorSource> weights = weights(trunk, read, config, new SplittableRandom(seed));
        AtomicDirectory.write(directory.toAbsolutePath().normalize(), folder -> {
            config.write(folder.resolve(ModelDirectory.CONFIG));
            SafetensorsWriter.write(folder.resolve(Checkpoint.SAFETENSORS), weights);
        });
    }

    private static Map<String, TensorSource> weights(
            Path file, KerasTrunk trunk, CompactConfig config, SplittableRandom random) {
        Map<String, HeapTensor> trained = new TreeMap<>();
        trunk.weights().forEach((name, values) -> trained.put(TRUNK + name, values));
        Map<String, TensorSource> weights = new TreeMap<>();
        try (CompactModel model = new CompactModel(config, new RandomStream(0), Precision.FLOAT32)) {
            model.namedParameters().forEach((name, parameter) -> {
                long[] shape = parameter.shape();
                HeapTensor values = name.startsWith(TRUNK) ? trained.remove(name) : drawn(name, shape, random);
                weights.put(name, fitting(file, name, values, shape).source());
            });
        }
        if (!trained.isEmpty()) {
            throw noTrunk(file, "has " + String.join(", ", trained.keySet()) + " too many");
        }
        return weights;
    }

    private static HeapTensor fitting(Path file, String name, @Nullable HeapTensor values, long... shape) {
        if (values == null) {
            throw noTrunk(file, "lacks " + name);
        }
        if (!values.hasShape(shape)) {
            throw noTrunk(file, "has " + name + " of shape " + values + " instead of " + Arrays.toString(shape));
        }
        return values;
    }

    private static DeqaException noTrunk(Path file, String difference) {
        return new DeqaException(file + ": folded and renamed, this trunk " + difference
                + "; its blocks must be bottlenecks (1 × 1, 3 × 3, 1 × 1) that widen four times, with a shortcut "
                + "convolution where the features change");
    }

    /** Matrices: uniform, for a rectifier (He et al. 2015). Norms: weights of 1. Biases: 0. */
    private static HeapTensor drawn(String name, long[] shape, SplittableRandom random) {
        float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        if (shape.length == 2) {
            double bound = Math.sqrt(6.0 / shape[1]);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-bound, bound);
            }
        } else if (name.endsWith(".weight")) {
            Arrays.fill(values, 1);
        }
        return new HeapTensor(values, shape);
    }
}
