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

    /**
     * Takes the content from a file.
     *
     * @param name what messages call the file
     * @param statistics number of statistics that the network's head reads
     * @param network what it must be about
     * @throws DeqaException if a tensor is missing, unknown, of another shape, or holds an impossible number, or the file is about another
     *     network
     */
    public static ReliabilityFile of(String name, Checkpoint checkpoint, int statistics, NetworkMark network) {
        ReliabilityTensors tensors = new ReliabilityTensors(name, checkpoint);
        network.requireIn(tensors);
        ReliabilityFile file = new ReliabilityFile(IntervalTable.read(tensors), Familiarity.read(tensors, statistics));
        tensors.requireAllRead();
        return file;
    }

    /**
     * Writes the file beside its place and moves it there when it is complete, over an older one.
     *
     * @param network what it is about
     * @throws DeqaException if it cannot be written
     */
    public void write(Path file, NetworkMark network) {
        Map<String, TensorSource> tensors = new TreeMap<>(network.tensors());
        tensors.putAll(interval.tensors());
        tensors.putAll(familiarity.tensors());
        SafetensorsWriter.write(file, tensors);
    }

    /**
     * How far the score of an image can be relied on. The less familiar the image is, the wider is the interval.
     *
     * @param score from 1 to 5
     * @param logarithms the {@link Familiarity#logarithms} of what the network's head read of the image, finite
     * @param image as it was decoded
     * @param seen the number of pixels that the network saw of it, divided by the number that it sees at most
     */
    public Reliability of(double score, double[] logarithms, RgbImage image, double seen) {
        double unfamiliarity = PixelUnfamiliarity.of(image, seen).with(familiarity.unfamiliarity(logarithms));
        return new Reliability(interval.around(score, unfamiliarity), unfamiliarity);
    }
}
