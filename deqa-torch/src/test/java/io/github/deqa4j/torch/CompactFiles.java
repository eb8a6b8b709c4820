package io.github.deqa4j.torch;

import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.reliability.Familiarity;
import io.github.deqa4j.reliability.FaultFile;
import io.github.deqa4j.reliability.IntervalTable;
import io.github.deqa4j.reliability.NetworkMark;
import io.github.deqa4j.reliability.ReliabilityFile;
import io.github.deqa4j.score.FaultKind;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Copies of the small network of a few weights that travels with the project. */
public final class CompactFiles {
    private static final Path COMPACT = Golden.mini().resolve("compact");
    private static final String CONFIG = "config.json";

    /** A mean and a standard deviation of 8 features and of 12. */
    private static final int STATISTICS = 40;

    private CompactFiles() {}

    /** Copies it to a new directory, and gives that. */
    public static Path write(Path directory) {
        copy(directory, CONFIG);
        copy(directory, Checkpoint.SAFETENSORS);
        return directory;
    }

    /** As {@link #write}, with weights rounded to float16. */
    public static Path writeHalf(Path directory) {
        copy(directory, CONFIG);
        Map<String, TensorSource> weights = new TreeMap<>();
        Checkpoint.open(COMPACT).tensors().forEach((name, tensor) -> weights.put(name, TensorSource.halfOf(tensor)));
        SafetensorsWriter.write(directory.resolve(Checkpoint.SAFETENSORS), weights);
        return directory;
    }

    /**
     * Writes what says how far scores can be relied on: intervals of .5 below a score of 1 and 1 below one of 5, .25 above each, times
     * the unfamiliarity, which counts as at least .5; and a familiarity that is a tenth of the length of the logarithms of all 40 statistics but the first.
     */
    public static void writeReliability(Path directory) {
        writeReliability(directory, 10);
    }

    /** As the other one, with another limit of the length that is divided by it. */
    static void writeReliability(Path directory, float limit) {
        float[] axis = new float[STATISTICS];
        axis[0] = 1;
        new ReliabilityFile(
                        new IntervalTable(
                                0.8f, 0.5f, new float[] {1, 5}, new float[] {0.5f, 1}, new float[] {0.25f, 0.25f}),
                        new Familiarity(new float[STATISTICS], axis, limit))
                .write(directory.resolve(ReliabilityFile.NAME), mark(directory));
    }

    /** Writes that all images have banding of strength .5. */
    public static void writeFaults(Path directory) {
        int kinds = FaultKind.ALL.size();
        float[] biases = new float[kinds];
        biases[FaultKind.ALL.indexOf(FaultKind.BANDING)] = 0.25f;
        float[] scales = new float[kinds];
        Arrays.fill(scales, 2);
        new FaultFile(new float[kinds * STATISTICS], biases, scales, 0.125f)
                .write(directory.resolve(FaultFile.NAME), mark(directory));
    }

    private static NetworkMark mark(Path directory) {
        return NetworkMark.of(directory.toString(), Checkpoint.open(directory));
    }

    private static void copy(Path directory, String name) {
        try {
            Files.createDirectories(directory);
            Files.copy(COMPACT.resolve(name), directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
