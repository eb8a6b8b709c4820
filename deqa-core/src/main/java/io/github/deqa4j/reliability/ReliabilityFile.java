package io.github.deqa4j.reliability;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Reliability;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of {@code reliability.safetensors}, which lies beside the weights of a small network.
 *
 * @param interval how far opinions may be from a score
 * @param familiarity what images are like those that the network learned from
 */
public record ReliabilityFile(IntervalTable interval, Familiarity familiarity) {
    /** The name of the file. */
    public static final String NAME = "reliability.safetensors";

    /** A shorter side in pixels makes an image an icon: a rule. No image that the network learned from is as small. */
    private static final int LEAST_SIDE = 64;

    /** A greater share of pixels that are equal to their neighbors makes an image a drawing; it was measured on photographs and drawings. */
    private static final double MOST_EQUAL = 0.9;

    /** How the distances of photographs rise where fewer pixels are seen, which scatters their statistics; it was measured. */
    private static final double SCATTER = 1.0 / 8;

    /**
     * Takes the content from a file.
     *
     * @param name what messages call the file
     * @param statistics number of statistics that the network's head reads
     * @throws DeqaException if a tensor is missing, unknown, of another shape, or holds an impossible number
     */
    public static ReliabilityFile of(String name, Checkpoint checkpoint, int statistics) {
        ReliabilityTensors tensors = new ReliabilityTensors(name, checkpoint);
        ReliabilityFile file = new ReliabilityFile(IntervalTable.read(tensors), Familiarity.read(tensors, statistics));
        tensors.requireAllRead();
        return file;
    }

    /**
     * Writes the file beside its place and moves it there when it is complete, over an older one.
     *
     * @throws DeqaException if it cannot be written
     */
    public void write(Path file) {
        Map<String, TensorSource> tensors = new TreeMap<>(interval.tensors());
        tensors.putAll(familiarity.tensors());
        SafetensorsWriter.write(file, tensors);
    }

    /**
     * How far the score of an image can be relied on. The unfamiliarity is the largest one of three: that of the statistics; the share of
     * pixels that are equal to their neighbors, divided by .9; and, of an image with a side below 64 pixels, 64 divided by that side. The
     * interval of an unfamiliar image is wider by this factor.
     *
     * @param score from 1 to 5
     * @param statistics what the network's head read of the image, finite
     * @param image as it was decoded
     * @param seen the number of pixels that the network saw of it, divided by the number that it sees at most
     */
    public Reliability of(double score, float[] statistics, RgbImage image, double seen) {
        double distance = familiarity.unfamiliarity(statistics) * Math.pow(Math.min(1, seen), SCATTER);
        double drawn = EqualNeighbors.share(image) / MOST_EQUAL;
        int side = Math.min(image.width(), image.height());
        double small = side < LEAST_SIDE ? (double) LEAST_SIDE / side : 0;
        double unfamiliarity = Math.max(distance, Math.max(drawn, small));
        return new Reliability(interval.around(score, Math.max(1, unfamiliarity)), unfamiliarity);
    }
}
