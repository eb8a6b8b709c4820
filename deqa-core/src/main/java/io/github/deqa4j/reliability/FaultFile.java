package io.github.deqa4j.reliability;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.FaultKind;
import io.github.deqa4j.score.QualityScore;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The content of {@code faults.safetensors}, which lies beside the weights of a small network: how strong each kind of fault is, as a linear
 * function of the {@link Familiarity#logarithms} of the statistics that the network's head reads.
 */
public final class FaultFile {
    /** The name of the file. */
    public static final String NAME = "faults.safetensors";

    /** What the network sees of the examples that the limit comes from, as a share of what it sees at most: parts of 352 by 352 pixels. */
    private static final double SEEN_OF_EXAMPLES = 0.47;

    /** How fast the limit rises for images that are smaller: their statistics are averages over fewer places, and scatter more. */
    private static final double SCATTER = 0.25;

    private static final String WEIGHTS = "faults.weights";
    private static final String BIASES = "faults.biases";
    private static final String SCALES = "faults.scales";
    private static final String LIMIT = "faults.limit";

    private final float[] weights;
    private final float[] biases;
    private final float[] scales;
    private final float limit;

    /**
     * Linear functions of s logarithms for the k kinds of {@link FaultKind}, in its order; the arrays are copied.
     *
     * @param weights (k, s), one kind after the other
     * @param biases (k) what is added
     * @param scales (k) above 0; the function underestimates strengths by this factor
     * @param limit above 0; faults where the function, without the scale, is not above it are not told; it rises for images smaller than 352
     *     by 352 pixels
     */
    public FaultFile(float[] weights, float[] biases, float[] scales, float limit) {
        this.weights = weights.clone();
        this.biases = biases.clone();
        this.scales = scales.clone();
        this.limit = limit;
    }

    /**
     * Takes the content from a file.
     *
     * @param name what messages call the file
     * @param statistics number of statistics that the network's head reads
     * @param network what it must be about
     * @throws DeqaException if a tensor is missing, unknown, of another shape, or holds an impossible number, or the file is about another
     *     network
     */
    public static FaultFile of(String name, Checkpoint checkpoint, int statistics, NetworkMark network) {
        ReliabilityTensors tensors = new ReliabilityTensors(name, checkpoint);
        network.requireIn(tensors);
        float[] scales = tensors.read(SCALES, FaultKind.ALL.size());
        for (float scale : scales) {
            tensors.require(scale > 0, SCALES, "holds " + scale + "; its numbers must be above 0");
        }
        float limit = tensors.number(LIMIT);
        tensors.require(limit > 0, LIMIT, "holds " + limit + "; it must be above 0");
        FaultFile file = new FaultFile(
                tensors.read(WEIGHTS, FaultKind.ALL.size(), statistics),
                tensors.read(BIASES, FaultKind.ALL.size()),
                scales,
                limit);
        tensors.requireAllRead();
        return file;
    }

    /**
     * Writes the file beside its place and moves it there when it is complete, over an older one. The weights become float16.
     *
     * @param network what it is about
     * @throws DeqaException if it cannot be written
     */
    public void write(Path file, NetworkMark network) {
        Map<String, TensorSource> tensors = new TreeMap<>(network.tensors());
        tensors.put(WEIGHTS, TensorSource.halfOf(weights, FaultKind.ALL.size(), weights.length / FaultKind.ALL.size()));
        tensors.put(BIASES, TensorSource.of(biases, biases.length));
        tensors.put(SCALES, TensorSource.of(scales, scales.length));
        tensors.put(LIMIT, TensorSource.of(new float[] {limit}, 1));
        SafetensorsWriter.write(file, tensors);
    }

    /**
     * At most two faults, the likeliest first. The likeliest one has the highest value of its function, without the scale.
     *
     * @param logarithms the {@link Familiarity#logarithms} of what the network's head read of the image, finite
     * @param seen the number of pixels that the network saw of it, divided by the number that it sees at most
     */
    public List<Fault> of(double[] logarithms, double seen) {
        double least = limit * Math.pow(Math.max(1, SEEN_OF_EXAMPLES / seen), SCATTER);
        double[] values = IntStream.range(0, FaultKind.ALL.size())
                .mapToDouble(kind -> value(kind, logarithms))
                .toArray();
        return IntStream.range(0, values.length)
                .filter(kind -> values[kind] > least)
                .boxed()
                .sorted(Comparator.comparingDouble(kind -> -values[kind]))
                .limit(QualityScore.MOST_FAULTS)
                .map(kind -> new Fault(FaultKind.ALL.get(kind), Math.min(1, scales[kind] * values[kind])))
                .toList();
    }

    private double value(int kind, double[] logarithms) {
        double sum = biases[kind];
        for (int i = 0; i < logarithms.length; i++) {
            sum += weights[kind * logarithms.length + i] * logarithms[i];
        }
        return sum;
    }
}
